import { randomUUID } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError, type ErrorReport, reportOf } from '@beatloom/core'
import type { AddProgress, ModelManager, Verified } from '@beatloom/models/manager'
import { asDiskFull } from '../files/content-store.ts'
import type { DataFolder } from '../folder/data-folder.ts'

/** A model on its way in, as clients see it. */
export interface Addition {
  id: string
  source: string
  /** As asked for; without it the model is named for its source. */
  name: string | null
  dtype: string | null
  state: 'running' | 'done' | 'failed' | 'cancelled'
  progress: AddProgress
  /** Name of the installed model, once it is. */
  model: string | null
  error: ErrorReport | null
}

export interface AdditionRequest {
  /** `owner/name[@revision]` of a hub. */
  source: string
  name?: string
  dtype?: string
  token?: string
}

/** Additions that have ended and can still be looked at. */
const REMEMBERED = 50
/** A download of many gigabytes tells of every chunk; who looks on is told this often. */
const TOLD_EVERY_MS = 200

interface AdditionNews {
  /** Models came or went. */
  changed(): void
  /** An addition began, went on or ended. */
  told(addition: Addition): void
}

/** Models that are added for clients of the server, from hubs alone: a request opens no folder of this machine. */
export class ModelAdditions {
  /** Where added models lie. */
  readonly folder: string
  readonly #news: AdditionNews
  readonly #additions = new Map<string, Addition>()
  readonly #stops = new Map<string, AbortController>()
  readonly #working = new Set<Promise<void>>()
  #manager: Promise<ModelManager> | null = null

  constructor(folder: DataFolder, news: AdditionNews) {
    this.folder = join(folder.root, 'models')
    this.#news = news
  }

  list(): Addition[] {
    return [...this.#additions.values()]
  }

  start(request: AdditionRequest): Addition {
    const progress: AddProgress = { phase: 'listing', file: '', doneBytes: 0, totalBytes: 0 }
    const { source, name = null, dtype = null } = request
    const addition: Addition = {
      id: randomUUID(),
      source,
      name,
      dtype,
      state: 'running',
      progress,
      model: null,
      error: null,
    }
    const stop = new AbortController()
    this.#additions.set(addition.id, addition)
    this.#stops.set(addition.id, stop)
    const work = this.#work(addition, request, stop.signal).finally(() => {
      this.#stops.delete(addition.id)
      this.#working.delete(work)
      this.#forgetOld()
    })
    this.#working.add(work)
    this.#news.told(addition)
    return addition
  }

  /**
   * Stops an addition; one that has ended already is forgotten.
   * @throws {AppError} `not_found`
   */
  async cancel(id: string): Promise<void> {
    if (!this.#additions.has(id)) throw new AppError('not_found', `There is no addition "${id}".`)
    const stop = this.#stops.get(id)
    if (stop) stop.abort()
    else this.#additions.delete(id)
  }

  async remove(name: string): Promise<void> {
    await (await this.#loaded()).remove(name)
    this.#news.changed()
  }

  async verify(name: string, signal: AbortSignal): Promise<Verified> {
    return (await this.#loaded()).verify(name, signal)
  }

  /** What is free on the disk that models come to. */
  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(dirname(this.folder))
    return bavail * bsize
  }

  async close(): Promise<void> {
    for (const stop of this.#stops.values()) stop.abort()
    await Promise.all(this.#working)
  }

  async #work(addition: Addition, request: AdditionRequest, signal: AbortSignal): Promise<void> {
    let telling: NodeJS.Timeout | null = null
    const tell = (): void => {
      if (telling) clearTimeout(telling)
      telling = null
      this.#news.told(addition)
    }
    try {
      const manager = await this.#loaded()
      const { name } = await manager.add({ ...request, hubOnly: true }, signal, (progress) => {
        const isNew = progress.phase !== addition.progress.phase
        addition.progress = progress
        if (isNew) tell()
        else telling ??= setTimeout(tell, TOLD_EVERY_MS)
      })
      this.#news.changed()
      addition.model = name
      addition.state = 'done'
    } catch (error) {
      addition.error = reportOf(asDiskFull(error))
      addition.state = signal.aborted ? 'cancelled' : 'failed'
    }
    tell()
  }

  /** Loaded when asked for: most servers add no model. */
  #loaded(): Promise<ModelManager> {
    this.#manager ??= import('@beatloom/models/manager').then(({ createModelManager }) =>
      createModelManager({ folder: this.folder }),
    )
    return this.#manager
  }

  #forgetOld(): void {
    const ended = this.list().filter(({ state }) => state !== 'running')
    for (const { id } of ended.slice(0, Math.max(0, ended.length - REMEMBERED))) this.#additions.delete(id)
  }
}
