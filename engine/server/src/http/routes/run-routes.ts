import { parseWorkflow } from '@beatloom/core'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Engine } from '../../engine.ts'
import type { RunSummary } from '../../store/run-record.ts'
import {
  errorAnswer,
  idParam,
  issueSchema,
  plannedNodeSchema,
  requestBody,
  runBody,
  runState,
  runSummarySchema,
} from '../schemas.ts'
import { lastNodeStates, nodeStateSchema } from './node-states.ts'

/** Checking, planning, starting and looking at runs. */
export const runRoutes: FastifyPluginAsyncZod<{ engine: Engine }> = async (app, { engine }) => {
  const summary = (id: string): RunSummary => engine.store.summary(id)
  const publicIssues = <T>(issues: T): T => engine.view.value(issues) as T

  app.post(
    '/validate',
    { schema: { body: requestBody, response: { 200: z.object({ issues: z.array(issueSchema) }) } } },
    async ({ body: { workflow, ...request } }) => {
      const { issues } = await engine.prepare(parseWorkflow(workflow), request)
      return { issues: publicIssues(issues) }
    },
  )
  app.post(
    '/plan',
    {
      schema: {
        body: requestBody,
        response: { 200: z.object({ issues: z.array(issueSchema), nodes: z.array(plannedNodeSchema) }) },
      },
    },
    async ({ body: { workflow, ...request } }) => {
      const { issues, nodes } = await engine.plan(parseWorkflow(workflow), request)
      return { issues: publicIssues(issues), nodes }
    },
  )
  app.post(
    '/runs',
    {
      schema: {
        body: runBody,
        response: { 202: z.object({ run: runSummarySchema, warnings: z.array(issueSchema) }), 422: errorAnswer },
      },
    },
    async ({ body }, reply) => {
      const { run, warnings } = await engine.submit({ ...body, workflow: parseWorkflow(body.workflow) })
      return reply.code(202).send({ run: summary(run), warnings: publicIssues(warnings) })
    },
  )
  app.get(
    '/runs',
    {
      schema: {
        querystring: z.object({
          limit: z.coerce.number().int().min(1).max(1000).default(50),
          state: runState.optional(),
        }),
        response: { 200: z.object({ runs: z.array(runSummarySchema) }) },
      },
    },
    async ({ query }) => ({ runs: engine.store.list(query.limit, query.state) }),
  )
  app.get(
    '/runs/:id',
    {
      schema: {
        params: idParam,
        response: {
          200: runSummarySchema.extend({
            workflow: z.unknown(),
            nodes: z.record(z.string(), nodeStateSchema),
          }),
        },
      },
    },
    async ({ params: { id } }) => ({
      ...engine.store.record(id),
      nodes: lastNodeStates(engine.store.eventsOfRun(id)),
    }),
  )
  app.get(
    '/runs/:id/events',
    {
      schema: {
        params: idParam,
        querystring: z.object({ after: z.coerce.number().int().min(0).default(0) }),
        response: { 200: z.object({ events: z.array(z.looseObject({ type: z.string() })) }) },
      },
    },
    async ({ params: { id }, query: { after } }) => {
      engine.store.record(id)
      return { events: engine.store.eventsOfRun(id, after).map((json) => JSON.parse(json)) }
    },
  )
  app.post(
    '/runs/:id/cancel',
    { schema: { params: idParam, response: { 200: runSummarySchema } } },
    async ({ params: { id } }) => engine.queue.cancel(id),
  )
  app.post(
    '/runs/:id/retry',
    { schema: { params: idParam, response: { 202: z.object({ run: runSummarySchema }) } } },
    async ({ params: { id } }, reply) => reply.code(202).send({ run: summary(engine.queue.retry(id)) }),
  )
  app.delete(
    '/runs/:id',
    { schema: { params: idParam, response: { 200: z.object({}) } } },
    async ({ params: { id } }) => {
      engine.queue.delete(id)
      return {}
    },
  )
}

const queueSchema = z.object({
  paused: z.boolean(),
  running: runSummarySchema.nullable(),
  queued: z.array(runSummarySchema),
})

/** What waits, and in which order. */
export const queueRoutes: FastifyPluginAsyncZod<{ engine: Engine }> = async (app, { engine }) => {
  const schema = { response: { 200: queueSchema } }
  app.get('/queue', { schema }, async () => engine.queue.state())
  app.post('/queue/pause', { schema }, async () => {
    engine.queue.pause()
    return engine.queue.state()
  })
  app.post('/queue/resume', { schema }, async () => {
    engine.queue.resume()
    return engine.queue.state()
  })
  app.post(
    '/queue/reorder',
    { schema: { ...schema, body: z.object({ order: z.array(z.string()).describe('Run ids, first to run first') }) } },
    async ({ body: { order } }) => {
      engine.queue.reorder(order)
      return engine.queue.state()
    },
  )
}
