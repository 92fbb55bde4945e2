import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { REPOSITORY } from '../folder/data-folder.ts'

/** The built editor; BEATLOOM_PAGE names another build. */
export const PAGE_FOLDER = process.env.BEATLOOM_PAGE ?? join(REPOSITORY, 'editor', 'dist')

const POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "connect-src 'self' blob: data:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** The editor at `/` and `/app`; its files have their hash in the name and are kept by browsers for good. */
export async function servePage(app: FastifyInstance, folder = PAGE_FOLDER): Promise<void> {
  const built = existsSync(join(folder, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      index: false,
      preCompressed: true,
      cacheControl: false,
      schemaHide: true,
      setHeaders: (reply, path) => {
        reply.header('x-content-type-options', 'nosniff')
        const hashed = path.includes('/assets/') || path.includes('\\assets\\')
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  for (const url of ['/', '/app']) {
    app.get(url, { schema: { hide: true } }, async (_request, reply) => {
      reply.headers({ 'content-security-policy': POLICY, 'referrer-policy': 'same-origin' })
      if (built) return reply.sendFile('index.html')
      return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT)
    })
  }
}

const NOT_BUILT =
  '<!doctype html><title>Beatloom</title><p>The page has not been built yet: stop this server and run <code>npm start</code>.'
