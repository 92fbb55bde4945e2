import swagger from '@fastify/swagger'
import websocket from '@fastify/websocket'
import fastify, { type FastifyInstance } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Engine } from '../engine.ts'
import { VERSION } from '../version.ts'
import { handleErrors } from './error-handler.ts'
import { streamEvents } from './event-socket.ts'
import { type GuardOptions, guard } from './guard.ts'
import { servePage } from './page.ts'
import { assetRoutes } from './routes/asset-routes.ts'
import { catalogueRoutes } from './routes/catalogue-routes.ts'
import { draftRoutes } from './routes/draft-routes.ts'
import { fileRoutes } from './routes/file-routes.ts'
import { modelRoutes } from './routes/model-routes.ts'
import { peakRoutes } from './routes/peak-routes.ts'
import { queueRoutes, runRoutes } from './routes/run-routes.ts'
import { shareRoutes } from './routes/share-routes.ts'
import { systemRoutes } from './routes/system-routes.ts'
import { uploadRoutes } from './routes/upload-routes.ts'

/** The largest JSON body: 10,000 nodes take about 2 MB. */
const MAX_JSON_BYTES = 8 * 2 ** 20
const MAX_UPLOAD_BYTES = 500 * 2 ** 20

export interface ServerOptions extends GuardOptions {
  maxUploadBytes?: number
  pageFolder?: string
}

/** The app with all routes; it does not listen yet. */
export async function buildServer(engine: Engine, options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: MAX_JSON_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1000 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  handleErrors(app, engine.view)
  guard(app, options)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Beatloom', version: VERSION, description: 'Workflows, runs and files of a Beatloom server.' },
    },
    transform: jsonSchemaTransform,
  })
  await app.register(websocket, { options: { maxPayload: 64 * 1024 } })
  await app.register(
    async (api) => {
      await api.register(runRoutes, { engine })
      await api.register(queueRoutes, { engine })
      await api.register(catalogueRoutes, { engine })
      await api.register(modelRoutes, { engine })
      await api.register(draftRoutes, { engine })
      await api.register(systemRoutes, { engine })
      await api.register(shareRoutes, { engine, guard: options })
      const maxUploadBytes = options.maxUploadBytes ?? MAX_UPLOAD_BYTES
      await api.register(fileRoutes, { engine, maxUploadBytes })
      await api.register(uploadRoutes, { engine, maxUploadBytes })
      await api.register(assetRoutes, { engine })
      await api.register(peakRoutes, { engine })
      api.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
      const query = z.object({
        after: z.coerce.number().int().min(0).optional(),
        run: z.string().max(200).optional(),
        position: z.coerce.boolean().optional().describe('Begin with the number of the last event there is'),
      })
      api.get('/events', { websocket: true, schema: { querystring: query } }, (socket, request) => {
        const { after, run, position } = request.query as z.infer<typeof query>
        const { store, hub, previews } = engine
        streamEvents(socket, { store, hub, previews, after: after ?? null, run, position })
      })
    },
    { prefix: '/api/v1' },
  )
  await servePage(app, options.pageFolder)
  return app
}
