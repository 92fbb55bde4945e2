import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Engine } from '../../engine.ts'
import { waveform } from '../../files/media-facts.ts'

const MOST_PEAKS = 24_000
const DECODING_MS = 120_000

/** A close look at a sound: as many peaks as a zoomed waveform needs. */
export const peakRoutes: FastifyPluginAsyncZod<{ engine: Engine }> = async (app, { engine }) => {
  app.get(
    '/peaks',
    {
      schema: {
        querystring: z.object({
          reference: z.string().max(500),
          count: z.coerce.number().int().min(1).max(MOST_PEAKS).default(1200),
        }),
        response: {
          200: z.object({ peaks: z.array(z.number()).describe('Loudest sample of each equal slice, 0 … 1') }),
        },
      },
    },
    async ({ query: { reference, count } }) => {
      const file = await engine.files.resolve(reference)
      return { peaks: await waveform(file, count, AbortSignal.timeout(DECODING_MS)) }
    },
  )
}
