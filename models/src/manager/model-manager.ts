import { readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { AppError } from '@beatloom/core'
import { writeRemembered } from '../library/json-file.ts'
import { bundledModelsFolder } from '../library/model-library.ts'
import { isModelFolder } from '../library/read-model.ts'
import { addFolder } from './add-folder.ts'
import { addFromHub, USUAL_HUB } from './add-hub.ts'
import { stopIfCancelled, type TellProgress } from './add-progress.ts'
import type { AddedModel } from './add-work.ts'
import type { DownloadPatience } from './download-file.ts'
import { DTYPES, isDtype } from './pick-files.ts'
import { dropStaging, openStaging, type Staging } from './staging.ts'
import { type Verified, verifyModel } from './verify-model.ts'

export interface ModelManagerOptions {
  /** Where added models lie, each in a folder with its name. */
  folder: string
  /** Folder that relative paths begin at. */
  from?: string
  /** Address of the hub; without it HF_ENDPOINT, else the usual one. */
  hubUrl?: string
  fetch?: typeof fetch
  /** Bytes free for this user on the disk of a folder. */
  freeBytes?(folder: string): Promise<number>
  patience?: Partial<DownloadPatience>
}

export interface AddRequest {
  /** A folder, or `owner/name[@revision]` of a hub. */
  source: string
  name?: string
  dtype?: string
  /** Of the hub; without it HF_TOKEN. */
  token?: string
  /** The source is no folder of this machine, even where there is one of that name. */
  hubOnly?: boolean
}

export interface ModelManager {
  /** @returns the name, and components that came in another precision than asked for. */
  add(request: AddRequest, signal: AbortSignal, tell?: TellProgress): Promise<AddedModel & { name: string }>
  /** @throws {AppError} `model_missing` */
  verify(name: string, signal: AbortSignal, tell?: TellProgress): Promise<Verified>
  /**
   * Removes a model, or what an interrupted addition left.
   * @throws {AppError} `model_missing`, `path_refused` for a model that belongs to Beatloom.
   */
  remove(name: string): Promise<void>
  /** Names of all models, added and bundled. */
  names(): Promise<string[]>
}

const HUB_ID = /^([A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*)(?:@(\w[\w./-]*))?$/
/** What is a name on every file system. */
const NAME = /^[A-Za-z0-9][\w.-]{0,99}$/
/** Failures after which a repeated addition goes on where this one ended. */
const RESUMABLE = new Set(['hub_unreachable', 'hub_refused', 'not_found', 'run_cancelled', 'not_enough_disk'])

/** Adds, checks and removes models; several may be at work on one folder. */
export function createModelManager(options: ModelManagerOptions): ModelManager {
  const root = resolve(options.folder)
  const patience = { pauseMs: 1_000, stallMs: 60_000, ...options.patience }
  const freeBytes = options.freeBytes ?? freeOnDisk

  async function names(): Promise<string[]> {
    const found: string[] = []
    for (const folder of [root, bundledModelsFolder]) {
      for (const name of await readdir(folder).catch(() => [])) {
        if (!name.startsWith('.') && (await isModelFolder(join(folder, name)))) found.push(name)
      }
    }
    return [...new Set(found)].sort()
  }

  async function missing(name: string): Promise<AppError> {
    const installed = await names()
    return new AppError(
      'model_missing',
      `The model "${name}" is not installed; installed are: ${installed.join(', ') || 'none'}.`,
      { details: { model: name, valid: installed } },
    )
  }

  return {
    names,
    async add(request, signal, tell = () => {}) {
      const { dtype } = request
      if (dtype !== undefined && !isDtype(dtype)) {
        const valid = Object.keys(DTYPES)
        throw new AppError('usage', `The precision "${dtype}" is not known; there are ${valid.join(', ')}.`, {
          details: { valid },
        })
      }
      const source = await sourceOf(request.source, request.hubOnly ? null : (options.from ?? process.cwd()))
      const name = request.name ?? usableName(source.kind === 'hub' ? source.repo : source.folder)
      if (!NAME.test(name)) {
        throw new AppError('usage', `"${name}" cannot be a model's name; use letters, digits, dots, - and _.`)
      }
      if (await isThere(join(bundledModelsFolder, name))) {
        const message = `"${name}" is the name of a model that belongs to Beatloom; give another with --name.`
        throw new AppError('model_exists', message, { details: { model: name } })
      }
      if (await isThere(join(root, name))) {
        const message = `There is a model "${name}" already; remove it first, or give another name with --name.`
        throw new AppError('model_exists', message, { details: { model: name } })
      }
      // In a holder, since it is set from inside of the work.
      const held: { staging: Staging | null } = { staging: null }
      const stage = async (text: string): Promise<Staging> => {
        held.staging = await openStaging(root, name, text)
        return held.staging
      }
      const work = { name, signal, tell, freeBytes, stage }
      try {
        const { staging, ...added } =
          source.kind === 'folder'
            ? await addFolder(source.folder, dtype, work)
            : await addFromHub(accessTo(source, request.token, signal), dtype, patience, work)
        await writeRemembered(join(staging.folder, 'manifest.json'), manifestOf(name, added))
        stopIfCancelled(signal)
        await staging.finish()
        return { ...added, name }
      } catch (error) {
        const code = error instanceof AppError ? error.code : ''
        if (held.staging && (source.kind === 'folder' || (code !== '' && !RESUMABLE.has(code)))) {
          await rm(held.staging.folder, { recursive: true, force: true })
        }
        stopIfCancelled(signal)
        throw error
      } finally {
        await held.staging?.release()
      }
    },
    async verify(name, signal, tell = () => {}) {
      if (NAME.test(name)) {
        for (const folder of [join(root, name), join(bundledModelsFolder, name)]) {
          const isOurs = (await isModelFolder(folder)) || (await isThere(join(folder, 'manifest.json')))
          if (isOurs) return verifyModel(folder, name, signal, tell)
        }
      }
      throw await missing(name)
    },
    async remove(name) {
      if (!NAME.test(name)) throw await missing(name)
      const folder = join(root, name)
      if (await isThere(folder)) {
        // Gone for every reader at once; the rest may take its time.
        const gone = join(root, `.removed-${name}-${process.pid}-${Date.now()}`)
        await rename(folder, gone)
        await rm(gone, { recursive: true, force: true })
        return
      }
      if (await dropStaging(root, name)) return
      if (await isThere(join(bundledModelsFolder, name))) {
        const message = `The model "${name}" belongs to Beatloom and is not removed.`
        throw new AppError('path_refused', message, { details: { model: name } })
      }
      throw await missing(name)
    },
  }

  function accessTo({ repo, revision }: HubSource, token: string | undefined, signal: AbortSignal) {
    const hubUrl = (options.hubUrl ?? (process.env['HF_ENDPOINT'] || USUAL_HUB)).replace(/\/+$/, '')
    if (!URL.canParse(hubUrl) || !/^https?:/.test(hubUrl)) {
      throw new AppError('usage', `HF_ENDPOINT is "${hubUrl}"; it must be the address of a hub, such as ${USUAL_HUB}.`)
    }
    return {
      hubUrl,
      repo,
      revision,
      token: token || process.env['HF_TOKEN'] || undefined,
      fetch: options.fetch ?? fetch,
      signal,
    }
  }
}

interface HubSource {
  kind: 'hub'
  repo: string
  revision: string
}

/**
 * A folder that is there comes before a repository of the same spelling.
 * @param from folder that paths begin at; null where folders are not looked for.
 */
async function sourceOf(text: string, from: string | null): Promise<HubSource | { kind: 'folder'; folder: string }> {
  const folder = resolve(from ?? '', text)
  const facts = from === null || text === '' ? null : await stat(folder).catch(() => null)
  if (facts?.isDirectory()) return { kind: 'folder', folder }
  const [, repo, revision = 'main'] = HUB_ID.exec(text) ?? []
  if (repo !== undefined && !facts) return { kind: 'hub', repo, revision }
  throw new AppError(
    'usage',
    `"${text}" is neither a folder here nor a model of a hub; those are written owner/name or owner/name@revision.`,
  )
}

const usableName = (source: string): string =>
  basename(source)
    .replaceAll(/[^\w.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')

function manifestOf(name: string, { title, licence, source, family, files }: AddedModel): object {
  return { name, title: title ?? name, licence, source, family, added: new Date().toISOString(), files }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

async function freeOnDisk(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
