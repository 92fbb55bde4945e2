import { AppError, type ErrorReport, reportOf } from '@beatloom/core'
import type { FastifyError, FastifyInstance } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { asDiskFull } from '../files/content-store.ts'
import type { PublicView } from '../files/public-view.ts'
import { HTTP_STATUS } from './error-status.ts'

/** One place where errors become answers: `{"error": {code, message, details}}`, without paths of this machine. */
export function handleErrors(app: FastifyInstance, view: PublicView): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const report = reportFor(asDiskFull(error) as FastifyError)
    const status = HTTP_STATUS[report.code]
    if (report.code === 'internal') {
      process.stderr.write(`${request.method} ${request.url}: ${error.stack ?? error.message}\n`)
    }
    return reply.code(status).send({ error: view.error(report) })
  })
  const methods = methodsByRoute(app)
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] as string
    const allowed = methods(path)
    if (allowed.length > 0) {
      const message = `${path} takes ${allowed.join(', ')}, not ${request.method}.`
      return reply
        .code(405)
        .header('allow', allowed.join(', '))
        .send({ error: { code: 'method_not_allowed', message } })
    }
    const error = { code: 'not_found', message: `There is nothing at ${request.method} ${path}.` }
    return reply.code(404).send({ error })
  })
}

function reportFor(error: FastifyError): ErrorReport {
  if (error instanceof AppError) return reportOf(error)
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map((issue) => `${issue.instancePath.slice(1) || 'body'}: ${issue.message}`)
    return { code: 'request_invalid', message: `The request is not right: ${problems[0]}.`, details: { problems } }
  }
  if (error.statusCode === 413 || error.code === 'FST_REQ_FILE_TOO_LARGE') {
    return { code: 'request_too_large', message: 'The request is larger than is taken here.' }
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return { code: 'request_invalid', message: `The request is not right: ${error.message}.` }
  }
  return { code: 'internal', message: 'Something went wrong inside Beatloom; its output says what.' }
}

/** Which methods a path answers, from the routes registered after this call. */
function methodsByRoute(app: FastifyInstance): (path: string) => string[] {
  const routes: { pattern: RegExp; methods: string[] }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    // The page's own catch-all would make every path look known.
    if (!url.startsWith('/api/')) return
    const pattern = url
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:[^/]+/g, '[^/]+')
      .replace(/\*/g, '.*')
    routes.push({ pattern: new RegExp(`^${pattern}$`), methods: [method].flat() })
  })
  return (path) => [...new Set(routes.filter((route) => route.pattern.test(path)).flatMap((route) => route.methods))]
}
