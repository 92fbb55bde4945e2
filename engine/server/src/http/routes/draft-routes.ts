import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Engine } from '../../engine.ts'
import { errorAnswer, idParam } from '../schemas.ts'

const facts = z.object({
  id: z.string(),
  title: z.string(),
  savedAt: z.string(),
  revision: z.number(),
  writer: z.string(),
})

const draftBody = z.object({
  title: z.string().max(200).default(''),
  workflow: z.unknown(),
  base: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe('The revision this copy grew from, 0 for a new draft; 409 when somebody else wrote since'),
  writer: z.string().max(100).optional().describe('A name for the window that writes'),
})

/** Autosaved work of the editor. */
export const draftRoutes: FastifyPluginAsyncZod<{ engine: Engine }> = async (app, { engine }) => {
  app.get('/drafts', { schema: { response: { 200: z.object({ drafts: z.array(facts) }) } } }, async () => ({
    drafts: engine.drafts.list(),
  }))
  app.get(
    '/drafts/:id',
    { schema: { params: idParam, response: { 200: facts.extend({ workflow: z.unknown() }) } } },
    async ({ params: { id } }) => engine.drafts.find(id),
  )
  app.put(
    '/drafts/:id',
    { schema: { params: idParam, body: draftBody, response: { 200: facts, 409: errorAnswer } } },
    async ({ params: { id }, body }) => engine.drafts.save(id, body),
  )
  app.delete(
    '/drafts/:id',
    { schema: { params: idParam, response: { 200: z.object({}) } } },
    async ({ params: { id } }) => {
      engine.drafts.delete(id)
      return {}
    },
  )
}
