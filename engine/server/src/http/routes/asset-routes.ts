import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Engine } from '../../engine.ts'
import { listAssets } from '../../files/asset-list.ts'
import { Thumbnails } from '../../files/thumbnails.ts'
import { sendFile } from '../send-file.ts'

const kind = z.enum(['image', 'audio', 'video'])
const origin = z.enum(['uploaded', 'made'])

const assetPage = z.object({
  assets: z.array(
    z.object({
      reference: z.string(),
      name: z.string(),
      kind,
      mime: z.string(),
      sizeBytes: z.number(),
      createdAt: z.string(),
      origin,
    }),
  ),
  total: z.number(),
  next: z.string().nullable().describe('What `before` takes for the next page'),
})

/** Everything made and uploaded, and small pictures of it. */
export const assetRoutes: FastifyPluginAsyncZod<{ engine: Engine }> = async (app, { engine }) => {
  const thumbnails = new Thumbnails(engine.folder)
  app.get(
    '/assets',
    {
      schema: {
        querystring: z.object({
          text: z.string().max(200).optional().describe('Words in the name'),
          kind: kind.optional(),
          origin: origin.optional(),
          limit: z.coerce.number().int().min(1).max(500).default(60),
          before: z.string().max(500).optional().describe('The `next` of the page before'),
        }),
        response: { 200: assetPage },
      },
    },
    ({ query }) => listAssets(engine.folder, query),
  )
  app.get('/thumbnails/*', { schema: { params: z.object({ '*': z.string().max(500) }) } }, async (request, reply) => {
    const file = await engine.files.resolve(request.params['*'])
    return sendFile(request, reply, await thumbnails.of(file))
  })
}
