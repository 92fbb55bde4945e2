import { parseWorkflow } from '@beatloom/core'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Engine } from '../../engine.ts'
import type { RunSummary } from '../../store/run-record.ts'
import {
  errorAnswer,
  factsSchema,
  idParam,
  issueSchema,
  plannedNodeSchema,
  quoteSchema,
  requestBody,
  runBody,
  runState,
  runSummarySchema,
} from '../schemas.ts'
import { changedSettings, changesSchema } from './changed-settings.ts'
import { lastNodeStates, nodeStateSchema } from './node-states.ts'

const runQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  state: z.union([runState, z.array(runState)]).optional(),
  text: z.string().max(200).optional().describe('Words in the title or in any value'),
  from: z.iso.datetime().optional().describe('Created at this time or later'),
  until: z.iso.datetime().optional().describe('Created before this time'),
  before: z.string().max(200).optional().describe('Only runs older than this one: the `next` of the page before'),
})

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
        response: {
          200: z.object({
            issues: z.array(issueSchema),
            nodes: z.array(plannedNodeSchema),
            facts: factsSchema,
            quote: quoteSchema,
          }),
        },
      },
    },
    async ({ body: { workflow, ...request } }) => {
      const { issues, ...plan } = await engine.plan(parseWorkflow(workflow), request)
      return { issues: publicIssues(issues), ...plan }
    },
  )
  app.post(
    '/runs',
    {
      schema: {
        body: runBody,
        response: {
          202: z.object({ run: runSummarySchema, warnings: z.array(issueSchema) }),
          422: errorAnswer.describe(
            'workflow_invalid; or what the quote refuses, as not_enough_memory and input_invalid, with the nearest setting that fits in its details',
          ),
          507: errorAnswer.describe('not_enough_disk: the quote refuses it, see tryAnyway'),
        },
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
        querystring: runQuery,
        response: {
          200: z.object({
            runs: z.array(runSummarySchema),
            total: z.number().describe('Runs that fit, on all pages'),
            next: z.string().nullable().describe('What `before` takes for the next page'),
          }),
        },
      },
    },
    async ({ query: { limit, state, ...filter } }) => {
      const wanted = { ...filter, states: state === undefined ? [] : [state].flat() }
      const runs = engine.store.list(limit, wanted)
      const last = runs.length === limit ? runs.at(-1) : undefined
      return { runs, total: engine.store.count(wanted), next: last?.id ?? null }
    },
  )
  app.get(
    '/runs/:id/changes',
    { schema: { params: idParam, response: { 200: changesSchema } } },
    async ({ params: { id } }) => {
      const now = engine.store.record(id)
      const previous = engine.store.previousOf(id)
      if (previous === null) return { previous, changes: [], rewired: false }
      return { previous, ...changedSettings(engine.store.record(previous), now) }
    },
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
            previews: z
              .array(z.looseObject({ type: z.string() }))
              .describe('The latest preview of each node at work, as it came over the event stream'),
          }),
        },
      },
    },
    async ({ params: { id } }) => ({
      ...engine.store.record(id),
      nodes: lastNodeStates(engine.store.eventsOfRun(id)),
      previews: engine.previews.of(id).map((preview) => JSON.parse(preview.json)),
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
