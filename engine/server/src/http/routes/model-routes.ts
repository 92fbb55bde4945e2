import { totalmem } from 'node:os'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Engine } from '../../engine.ts'
import type { Addition } from '../../models/model-additions.ts'
import { idParam } from '../schemas.ts'

const additionSchema = z.object({
  id: z.string(),
  source: z.string(),
  name: z.string().nullable().describe('As asked for'),
  dtype: z.string().nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  progress: z.object({
    phase: z.enum(['listing', 'copying', 'downloading', 'checking']),
    file: z.string(),
    doneBytes: z.number(),
    totalBytes: z.number().describe('0 until the list has come'),
  }),
  model: z.string().nullable().describe('Name of the installed model, once it is'),
  error: z
    .object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() })
    .nullable(),
})

const additionsAnswer = z.object({
  additions: z.array(additionSchema),
  room: z
    .object({ memoryBytes: z.number(), diskFreeBytes: z.number() })
    .describe('Memory of this machine, and what is free on the disk that models lie on'),
})

const additionBody = z.object({
  source: z
    .string()
    .max(300)
    .regex(/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*(@\w[\w./-]*)?$/)
    .describe('owner/name or owner/name@revision of a hub; folders are added by the command line'),
  name: z.string().max(100).optional(),
  dtype: z.enum(['fp32', 'fp16', 'int8', 'uint8', 'q8', 'q4', 'q4f16', 'bnb4']).optional(),
  token: z.string().max(500).optional().describe("The hub's token; used for this addition and not kept"),
})

const verifiedSchema = z.object({
  name: z.string(),
  files: z.number(),
  sizeBytes: z.number(),
  listed: z.boolean().describe('Whether a manifest says what the files should be'),
  problems: z.array(z.object({ path: z.string(), kind: z.string(), message: z.string() })),
})

const named = z.object({ name: z.string().max(200) })

/** Adding models, looking how far that is, checking and removing them. */
export const modelRoutes: FastifyPluginAsyncZod<{ engine: Engine }> = async (app, { engine }) => {
  const { additions, view } = engine
  const shown = (addition: Addition): Addition => engine.shownAddition(addition)

  app.get('/models/additions', { schema: { response: { 200: additionsAnswer } } }, async () => ({
    additions: additions.list().map(shown),
    room: { memoryBytes: totalmem(), diskFreeBytes: await additions.freeBytes() },
  }))
  app.post(
    '/models/additions',
    { schema: { body: additionBody, response: { 202: z.object({ addition: additionSchema }) } } },
    async ({ body }, reply) => reply.code(202).send({ addition: shown(additions.start(body)) }),
  )
  app.delete(
    '/models/additions/:id',
    { schema: { params: idParam, response: { 200: z.object({ ok: z.literal(true) }) } } },
    async ({ params: { id } }) => {
      await additions.cancel(id)
      return { ok: true as const }
    },
  )
  app.post(
    '/models/:name/verify',
    { schema: { params: named, response: { 200: verifiedSchema } } },
    async ({ params: { name } }, reply) => {
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      return view.value(await additions.verify(name, gone.signal)) as z.infer<typeof verifiedSchema>
    },
  )
  app.delete(
    '/models/:name',
    { schema: { params: named, response: { 200: z.object({ ok: z.literal(true) }) } } },
    async ({ params: { name } }) => {
      await additions.remove(name)
      return { ok: true as const }
    },
  )
}
