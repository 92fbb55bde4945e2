import { randomUUID } from 'node:crypto'
import { rm, stat, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { AppError, parseWorkflow, serializeWorkflow } from '@beatloom/core'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Engine } from '../../engine.ts'
import { ContentStore } from '../../files/content-store.ts'
import type { GuardOptions } from '../guard.ts'
import { shareAddress } from '../share-address.ts'

export interface ShareRouteOptions {
  engine: Engine
  guard: Pick<GuardOptions, 'host' | 'token'>
}

const sharedFile = z.object({ reference: z.string(), name: z.string(), sizeBytes: z.number() })

/** Giving work away: results with or without their workflow inside, copies of workflows under a link. */
export const shareRoutes: FastifyPluginAsyncZod<ShareRouteOptions> = async (app, { engine, guard }) => {
  const artifacts = new ContentStore(engine.folder, 'artifacts')
  const keep = async (path: string, name: string): Promise<z.infer<typeof sharedFile>> => {
    const { size } = await stat(path)
    const handle = await artifacts.moveIn(path, name)
    return { reference: `artifacts/${handle.sha256}/${handle.name}`, name: handle.name, sizeBytes: size }
  }
  app.post(
    '/share/media',
    {
      schema: {
        description: 'A copy of an MP4 or PNG whose embedded workflow is replaced, or removed',
        body: z.object({
          reference: z.string().max(500).describe('Such as artifacts/<sha256>/<name>'),
          workflow: z.unknown().describe('What the copy carries; nothing when null'),
        }),
        response: { 201: sharedFile },
      },
    },
    async ({ body: { reference, workflow } }, reply) => {
      const { rewriteEmbedded } = await import('@beatloom/media')
      const file = await engine.files.resolve(reference)
      const embedded = workflow ? { workflow: serializeWorkflow(parseWorkflow(workflow)), files: {} } : null
      const path = join(engine.folder.scratch, `share-${randomUUID()}${extname(file.name)}`)
      try {
        await rewriteEmbedded(file.path, path, embedded, AbortSignal.timeout(10 * 60_000))
        return reply.code(201).send(await keep(path, file.name))
      } catch (error) {
        await rm(path, { force: true })
        throw error
      }
    },
  )
  app.post(
    '/share/link',
    {
      schema: {
        description: 'Keeps a copy of a workflow and gives the address under which other devices open it',
        body: z.object({ workflow: z.unknown() }),
        response: { 201: z.object({ reference: z.string(), url: z.string() }) },
      },
    },
    async ({ body, socket }, reply) => {
      const address = shareAddress(guard, socket.localPort ?? 0)
      if (address === null) throw new AppError('usage', NOT_REACHABLE)
      const workflow = parseWorkflow(body.workflow)
      const path = join(engine.folder.scratch, `share-${randomUUID()}.json`)
      await writeFile(path, serializeWorkflow(workflow))
      const { reference } = await keep(path, 'workflow.json')
      return reply.code(201).send({ reference, url: `${address}#open=${reference}` })
    },
  )
  app.get(
    '/share/address',
    { schema: { response: { 200: z.object({ url: z.string().nullable(), reason: z.string().nullable() }) } } },
    async ({ socket }) => {
      const url = shareAddress(guard, socket.localPort ?? 0)
      return { url, reason: url === null ? NOT_REACHABLE : null }
    },
  )
}

const NOT_REACHABLE =
  'This server listens to its own machine alone. Start it with BEATLOOM_HOST=0.0.0.0 and a BEATLOOM_TOKEN to let other devices in.'
