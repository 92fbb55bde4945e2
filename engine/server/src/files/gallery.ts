import { readdir, readFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { AppError, parseWorkflow, type Workflow } from '@beatloom/core'
import { GALLERY } from '../folder/data-folder.ts'

/** A model that a template names in its needs. */
export interface NeededModel {
  name: string
  sizeBytes: number
  /** Of its largest component: components are in memory one after the other. The whole size where a file is silent. */
  memoryBytes?: number
}

/** Whether a template can be used as it is: `ready`, after a `download`, or not on this machine. */
export type Standing = 'ready' | 'download' | 'too-large'

export interface GalleryEntry {
  name: string
  title: string
  description: string
  /** What people want who choose it, such as `make-video`. */
  goals: string[]
  /** Whether there is a short loop beside the still picture. */
  preview: { still: boolean; loop: boolean }
  standing: Standing
  /** Needed models that are not installed. */
  missing: NeededModel[]
  /** Memory that its models take, and what this machine has. */
  memory: { neededBytes: number; availableBytes: number }
}

/** A row of `previews/gallery.json`. */
interface Shown {
  goals?: string[]
  still?: string
  loop?: string
}

const PREVIEWS = join(GALLERY, 'previews')
/** The flagship first, then what can be used at once, each by title. */
const FIRST = 'song-video'

/**
 * The gallery with what the page shows of it.
 * @param installed names of the models that are here.
 */
export async function listGallery(installed: ReadonlySet<string>, memoryBytes = totalmem()): Promise<GalleryEntry[]> {
  const files = (await readdir(GALLERY)).filter((file) => file.endsWith('.json') && file !== 'package.json')
  const shown = await shownTemplates()
  const entries: GalleryEntry[] = []
  for (const file of files) {
    const name = file.slice(0, -'.json'.length)
    try {
      const workflow = parseWorkflow(await galleryText(name))
      const { goals = [], still, loop } = shown[name] ?? {}
      entries.push({
        name,
        title: workflow.title || name,
        description: workflow.description ?? '',
        goals,
        preview: { still: still !== undefined, loop: loop !== undefined },
        ...standingOf(neededModels(workflow), installed, memoryBytes),
      })
    } catch {
      // A file that is no workflow has no place in the gallery; the others are still shown.
    }
  }
  const rank = ({ name, standing }: GalleryEntry): number => (name === FIRST ? 0 : standing === 'ready' ? 1 : 2)
  return entries.sort((a, b) => rank(a) - rank(b) || (a.title < b.title ? -1 : 1))
}

/**
 * Says from facts whether a template can run here. The weights that work at one time have to fit into memory whole, so
 * more of them than memory is too large, installed or not.
 */
export function standingOf(
  needed: readonly NeededModel[],
  installed: ReadonlySet<string>,
  memoryBytes: number,
): Pick<GalleryEntry, 'standing' | 'missing' | 'memory'> {
  const missing = needed.filter((model) => !installed.has(model.name))
  const neededBytes = needed.reduce((sum, model) => sum + (model.memoryBytes ?? model.sizeBytes), 0)
  const standing = neededBytes > memoryBytes ? 'too-large' : missing.length > 0 ? 'download' : 'ready'
  return { standing, missing, memory: { neededBytes, availableBytes: memoryBytes } }
}

/** The models that a file lists in its needs, by name. */
export function neededModels(workflow: Workflow): NeededModel[] {
  return Object.entries(workflow.needs.models).map(([name, facts]) => {
    const { sizeBytes, memoryBytes } = (facts ?? {}) as { sizeBytes?: unknown; memoryBytes?: unknown }
    const isSize = (value: unknown): value is number => typeof value === 'number' && value > 0
    return {
      name,
      sizeBytes: isSize(sizeBytes) ? sizeBytes : 0,
      ...(isSize(memoryBytes) ? { memoryBytes } : {}),
    }
  })
}

/** A gallery name is the file's without its ending; anything else is not looked for. @throws {AppError} `not_found` */
export async function galleryText(name: string): Promise<string> {
  if (!/^[\w-]+$/.test(name)) throw noSuchWorkflow(name)
  return readFile(join(GALLERY, `${name}.json`), 'utf8').catch(() => Promise.reject(noSuchWorkflow(name)))
}

/** Path of a template's picture. @throws {AppError} `not_found` */
export async function previewPath(name: string, kind: 'still' | 'loop'): Promise<string> {
  const shown = await shownTemplates()
  const file = Object.hasOwn(shown, name) ? shown[name]?.[kind] : undefined
  if (!file) throw noSuchWorkflow(name)
  return join(PREVIEWS, file)
}

const shownTemplates = async (): Promise<Record<string, Shown>> =>
  JSON.parse(await readFile(join(PREVIEWS, 'gallery.json'), 'utf8')) as Record<string, Shown>

const noSuchWorkflow = (name: string): AppError =>
  new AppError('not_found', `There is no workflow "${name}" in the gallery.`)
