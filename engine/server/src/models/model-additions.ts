import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { AppError, type ErrorReport, reportOf } from '@beatloom/core'
import type { AddProgress, ModelManager, Verified } from '@beatloom/models/manager'
import { asDiskFull } from '../files/content-store.ts'
import type { DataFolder } from '../folder/data-folder.ts'

/** A model on its way in, as clients see it. */
export interface Addition {
  id: string
  source: string
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

/** Models that are added for clients of the server, from hubs alone: a request opens no folder of this machine. */
export class ModelAdditions {
  /** Where added models lie. */
  readonly folder: string
  readonly #changed: () => void
  readonly #additions = new Map<string, Addition>()
  readonly #stops = new Map<string, AbortController>()
  readonly #working = new Set<Promise<void>>()
  #manager: Promise<ModelManager> | null = null

  /** @param changed told when models came or went. */
  constructor(folder: DataFolder, changed: () => void) {
    this.folder = join(folder.root, 'models')
    this.#changed = changed
  }

  list(): Addition[] {
    return [...this.#additions.values()]
  }

  start(request: AdditionRequest): Addition {
    const progress: AddProgress = { phase: 'listing', file: '', doneBytes: 0, totalBytes: 0 }
    const { source } = request
    const addition: Addition = { id: randomUUID(), source, state: 'running', progress, model: null, error: null }
    const stop = new AbortController()
    this.#additions.set(addition.id, addition)
    this.#stops.set(addition.id, stop)
    const work = this.#work(addition, request, stop.signal).finally(() => {
      this.#stops.delete(addition.id)
      this.#working.delete(work)
      this.#forgetOld()
    })
    this.#working.add(work)
    return addition
  }

  /** @throws {AppError} `not_found` */
  async cancel(id: string): Promise<void> {
    if (!this.#additions.has(id)) throw new AppError('not_found', `There is no addition "${id}".`)
    this.#stops.get(id)?.abort()
  }

  async remove(name: string): Promise<void> {
    await (await this.#loaded()).remove(name)
    this.#changed()
  }

  async verify(name: string, signal: AbortSignal): Promise<Verified> {
    return (await this.#loaded()).verify(name, signal)
  }

  async close(): Promise<void> {
    for (const stop of this.#stops.values()) stop.abort()
    await Promise.all(this.#working)
  }

  async #work(addition: Addition, request: AdditionRequest, signal: AbortSignal): Promise<void> {
    try {
      const manager = await this.#loaded()
      const { name } = await manager.add({ ...request, hubOnly: true }, signal, (progress) => {
        addition.progress = progress
      })
      this.#changed()
      addition.model = name
      addition.state = 'done'
    } catch (error) {
      addition.error = reportOf(asDiskFull(error))
      addition.state = signal.aborted ? 'cancelled' : 'failed'
    }
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
