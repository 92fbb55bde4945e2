import { AppError } from '@beatloom/core'
import type { Server } from '@tus/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { ASSET_HEADER, createTusServer } from '../../uploads/tus-server.ts'
import { UploadFolder } from '../../uploads/upload-folder.ts'
import { idParam } from '../schemas.ts'
import { assetSchema, type FileRouteOptions } from './file-routes.ts'

const CONTENT_TYPE = 'application/offset+octet-stream'

/**
 * Uploads in pieces, after tus 1.0: a POST begins one and answers its address, PATCH sends the next piece, HEAD asks
 * how far it came, DELETE gives it up. What is whole is checked and answered as by POST /assets.
 */
export const uploadRoutes: FastifyPluginAsyncZod<FileRouteOptions> = async (app, { engine, maxUploadBytes }) => {
  const folder = new UploadFolder(engine.folder.root)
  let starting: Promise<Server> | null = null
  /** Loaded with the first upload: most servers idle without one. */
  const tus = (): Promise<Server> => {
    starting ??= createTusServer({ engine, folder, maxUploadBytes, path: `${app.prefix}/uploads` })
    return starting
  }
  const pass = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const server = await tus()
    reply.hijack()
    await server.handle(request.raw, reply.raw)
  }
  // The protocol's library reads the body as it comes.
  app.addContentTypeParser(CONTENT_TYPE, (_request, _payload, done) => done(null))
  app.addHook('onReady', () => folder.tidy())

  const tags = ['uploads']
  const begin = 'Begins an upload (tus 1.0): Upload-Length, Upload-Metadata with a filename. Location is its address.'
  app.post('/uploads', { schema: { tags, description: begin } }, pass)
  app.options('/uploads', { schema: { hide: true } }, pass)
  const piece = `Sends a piece (${CONTENT_TYPE}) from Upload-Offset on. The last is answered with the asset as JSON.`
  app.patch('/uploads/:id', { schema: { tags, description: piece, params: idParam } }, pass)
  app.delete('/uploads/:id', { schema: { tags, description: 'Gives an unfinished upload up.', params: idParam } }, pass)
  app.head(
    '/uploads/:id',
    {
      config: { swagger: { exposeHeadRoute: true } },
      schema: { tags, description: 'How far an upload came: Upload-Offset of Upload-Length.', params: idParam },
    },
    async (request, reply) => {
      const asset = await folder.assetOf(request.params.id)
      if (!asset) return pass(request, reply)
      const size = String(asset.sizeBytes)
      reply.headers({
        'Tus-Resumable': '1.0.0',
        'Upload-Offset': size,
        'Upload-Length': size,
        'Cache-Control': 'no-store',
      })
      return reply.header(ASSET_HEADER, encodeURIComponent(asset.reference)).code(200).send()
    },
  )
  app.get(
    '/uploads/:id/asset',
    {
      schema: {
        tags,
        description: 'The file that a finished upload became, for a day.',
        params: idParam,
        response: { 200: assetSchema },
      },
    },
    async ({ params: { id } }) => {
      const asset = await folder.assetOf(id)
      if (!asset) throw new AppError('not_found', `The upload "${id}" is not finished, or there is none.`)
      return asset
    },
  )
}
