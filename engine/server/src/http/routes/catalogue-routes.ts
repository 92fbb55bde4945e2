import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, describeNode, parseWorkflow } from '@beatloom/core'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Engine } from '../../engine.ts'
import { GALLERY } from '../../folder/data-folder.ts'
import { idParam } from '../schemas.ts'

const modelsAnswer = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      family: z.string(),
      sizeBytes: z.number(),
      sha256: z.string(),
      licence: z.string().nullable(),
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

/** What there is to build with: node types, the gallery, models. */
export const catalogueRoutes: FastifyPluginAsyncZod<{ engine: Engine }> = async (app, { engine }) => {
  let nodes: unknown[] | null = null
  app.get(
    '/nodes',
    { schema: { response: { 200: z.object({ nodes: z.array(z.looseObject({ type: z.string() })) }) } } },
    async () => {
      nodes ??= [...engine.registry.values()].map(describeNode)
      return { nodes: nodes as { type: string }[] }
    },
  )
  const entry = z.object({ name: z.string(), title: z.string(), description: z.string() })
  app.get('/workflows', { schema: { response: { 200: z.object({ workflows: z.array(entry) }) } } }, async () => ({
    workflows: await gallery(),
  }))
  app.get(
    '/workflows/:name',
    { schema: { params: z.object({ name: z.string().max(200) }), response: { 200: z.looseObject({}) } } },
    async ({ params: { name } }) => JSON.parse(await galleryFile(name)) as Record<string, unknown>,
  )
  app.get('/models', { schema: { response: { 200: modelsAnswer } } }, () => engine.models())
}

/** A gallery name is the file's without its ending; anything else is not looked for. */
async function galleryFile(name: string): Promise<string> {
  if (!/^[\w-]+$/.test(name)) throw noSuchWorkflow(name)
  return readFile(join(GALLERY, `${name}.json`), 'utf8').catch(() => Promise.reject(noSuchWorkflow(name)))
}

const noSuchWorkflow = (name: string): AppError =>
  new AppError('not_found', `There is no workflow "${name}" in the gallery.`)

/** The flagship first, then by title. */
const FIRST = 'song-video'

async function gallery(): Promise<{ name: string; title: string; description: string }[]> {
  const files = (await readdir(GALLERY)).filter((file) => file.endsWith('.json') && file !== 'package.json')
  const entries: { name: string; title: string; description: string }[] = []
  for (const file of files) {
    const name = file.slice(0, -'.json'.length)
    try {
      const { title, description } = parseWorkflow(await galleryFile(name))
      entries.push({ name, title: title || name, description: description ?? '' })
    } catch {
      // A file that is no workflow has no place in the gallery; the others are still shown.
    }
  }
  const rank = (name: string): number => (name === FIRST ? 0 : 1)
  return entries.sort((a, b) => rank(a.name) - rank(b.name) || (a.title < b.title ? -1 : 1))
}

/** Autosaved work of the editor. */
export const draftRoutes: FastifyPluginAsyncZod<{ engine: Engine }> = async (app, { engine }) => {
  const about = z.object({ id: z.string(), title: z.string(), savedAt: z.string() })
  app.get('/drafts', { schema: { response: { 200: z.object({ drafts: z.array(about) }) } } }, async () => ({
    drafts: engine.drafts.list(),
  }))
  app.get(
    '/drafts/:id',
    { schema: { params: idParam, response: { 200: about.extend({ workflow: z.unknown() }) } } },
    async ({ params: { id } }) => engine.drafts.find(id),
  )
  app.put(
    '/drafts/:id',
    {
      schema: {
        params: idParam,
        body: z.object({ title: z.string().max(200).default(''), workflow: z.unknown() }),
        response: { 200: about },
      },
    },
    async ({ params: { id }, body: { title, workflow } }) => engine.drafts.save(id, title, workflow),
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
