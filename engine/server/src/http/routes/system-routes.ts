import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Engine } from '../../engine.ts'
import { VERSION } from '../../version.ts'

/** What this installation is and has. */
export const systemRoutes: FastifyPluginAsyncZod<{ engine: Engine }> = async (app, { engine }) => {
  app.get(
    '/system',
    {
      schema: {
        response: {
          200: z.object({
            version: z.string(),
            node: z.string(),
            platform: z.string(),
            ffmpeg: z.object({ version: z.string(), source: z.string() }).nullable(),
            providers: z.array(
              z.object({
                provider: z.string(),
                available: z.boolean(),
                reason: z.string().nullable(),
                measured: z.record(z.string(), z.number()).describe('Seconds for one call, by model'),
                chosenFor: z.array(z.string()),
              }),
            ),
            memory: z.object({ serverRssBytes: z.number() }),
          }),
        },
      },
    },
    async () => {
      const { findFfmpeg } = await import('@beatloom/media')
      const [ffmpeg, providers] = await Promise.all([
        findFfmpeg().catch(() => null),
        engine.queue.worker.ask('providers', {}),
      ])
      return {
        version: VERSION,
        node: process.version,
        platform: `${process.platform}-${process.arch}`,
        ffmpeg: ffmpeg && { version: ffmpeg.version, source: ffmpeg.source },
        providers: engine.view.value(providers) as typeof providers,
        memory: { serverRssBytes: process.memoryUsage.rss() },
      }
    },
  )
  /** For those who only ask whether the server is up. */
  app.get('/health', { schema: { response: { 200: z.object({ ok: z.literal(true) }) } } }, async () => ({
    ok: true as const,
  }))
}
