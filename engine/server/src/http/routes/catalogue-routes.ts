import { createReadStream } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describeNode } from '@beatloom/core'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Engine } from '../../engine.ts'
import { galleryText, listGallery, previewPath } from '../../files/gallery.ts'

const modelsAnswer = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      family: z.string(),
      sizeBytes: z.number(),
      sha256: z.string(),
      licence: z.string().nullable(),
      source: z.string().nullable().describe('Where it was added from: a folder, or owner/name@commit of a hub'),
      bundled: z.boolean().describe('Part of Beatloom, and not to be removed'),
      provider: z.string().nullable(),
    }),
  ),
  providers: z.array(
    z.object({
      provider: z.string(),
      available: z.boolean(),
      reason: z.string().nullable(),
      measured: z.record(z.string(), z.number()),
      chosenFor: z.array(z.string()),
    }),
  ),
})

const galleryEntry = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  goals: z.array(z.string()).describe('What people want who choose it'),
  preview: z.object({ still: z.boolean(), loop: z.boolean() }),
  standing: z.enum(['ready', 'download', 'too-large']).describe('Whether it can run on this machine as it is'),
  missing: z.array(z.object({ name: z.string(), sizeBytes: z.number() })).describe('Needed models not installed'),
  memory: z.object({ neededBytes: z.number(), availableBytes: z.number() }),
})

/** What there is to build with: node types, the gallery, models. */
export const catalogueRoutes: FastifyPluginAsyncZod<{ engine: Engine }> = async (app, { engine }) => {
  let nodes: unknown[] | null = null
  let packed: Buffer | null = null
  app.get(
    '/nodes',
    {
      schema: { response: { 200: z.object({ nodes: z.array(z.looseObject({ type: z.string() })) }) } },
      // A page waits for this on slow networks, and it is the same for everybody: packed once, to about an eighth.
      async onSend(request, reply, payload) {
        if (typeof payload !== 'string' || !/\bgzip\b/.test(String(request.headers['accept-encoding']))) return payload
        packed ??= gzipSync(payload)
        reply.headers({ 'content-encoding': 'gzip', vary: 'accept-encoding', 'content-length': packed.length })
        return packed
      },
    },
    async () => {
      nodes ??= [...engine.registry.values()].map(describeNode)
      return { nodes: nodes as { type: string }[] }
    },
  )
  app.get('/workflows', { schema: { response: { 200: z.object({ workflows: z.array(galleryEntry) }) } } }, async () => {
    const installed = await engine.queue.worker.ask('models', {})
    return { workflows: await listGallery(new Set(installed.map((model) => model.name))) }
  })
  const named = z.object({ name: z.string().max(200) })
  app.get(
    '/workflows/:name',
    { schema: { params: named, response: { 200: z.looseObject({}) } } },
    async ({ params: { name } }) => JSON.parse(await galleryText(name)) as Record<string, unknown>,
  )
  app.get(
    '/workflows/:name/preview',
    { schema: { params: named, querystring: z.object({ kind: z.enum(['still', 'loop']).default('still') }) } },
    async ({ params: { name }, query: { kind } }, reply) => {
      const path = await previewPath(name, kind)
      reply.headers({ 'content-type': 'image/webp', 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
      return reply.send(createReadStream(path))
    },
  )
  app.get('/models', { schema: { response: { 200: modelsAnswer } } }, async () => {
    const { models, providers } = await engine.models()
    return { models: engine.view.value(models) as typeof models, providers }
  })
}
