import { AppError, type ErrorReport, type RunEventBody, type RunState, reportOf } from '@beatloom/core'
import { asDiskFull } from '../files/content-store.ts'
import type { PublicView } from '../files/public-view.ts'
import type { DataFolder } from '../folder/data-folder.ts'
import type { RunSummary } from '../store/run-record.ts'
import type { RunStore } from '../store/run-store.ts'
import type { JsonTable } from '../store/small-stores.ts'
import type { Job } from '../worker/protocol.ts'
import type { EventHub } from './event-hub.ts'
import type { LatestPreviews } from './latest-previews.ts'
import { newRunId } from './run-id.ts'
import { WorkerProcess } from './worker-process.ts'

/**
 * How often a run is tried in all, by what ended before it did. A run that takes its own worker along will do so again;
 * servers end for reasons of their own, mostly.
 */
export const MAX_ATTEMPTS = { worker: 3, server: 6 }
/** A cancelled run that has not stopped by then takes its worker with it. */
const HARD_STOP_MS = 10_000

export interface QueueServices {
  folder: DataFolder
  store: RunStore
  settings: JsonTable<unknown>
  hub: EventHub
  previews: LatestPreviews
  view: PublicView
  origin: 'server' | 'cli'
  hardStopMs?: number
}

export interface QueueState {
  paused: boolean
  running: RunSummary | null
  queued: RunSummary[]
}

interface ActiveRun {
  id: string
  startedAt: number
  stopTimer: NodeJS.Timeout | null
  /** Its events could not be stored; what the run did after that is unknown to anyone. */
  lost: ErrorReport | null
}

/** Runs wait here and go to the worker one at a time. Everything that happens is stored before anyone hears of it. */
export class RunQueue {
  readonly worker: WorkerProcess
  readonly #services: QueueServices
  #active: ActiveRun | null = null
  #closing = false
  #paused: boolean

  constructor(services: QueueServices) {
    this.#services = services
    this.#paused = services.settings.get('queue.paused') === true
    this.#recover()
    this.worker = new WorkerProcess(services.folder, {
      // A run that stops because everything stops is not cancelled: the next owner resumes it.
      onEvents: (run, events) => (this.#closing ? undefined : this.#recordOrStop(run, events)),
      onEnded: (run) => this.#ended(run),
      onExit: (how) => this.#workerGone(how),
      onRestart: () => this.#startNext(),
    })
    this.#startNext()
  }

  submit(job: Job, options: { title: string; next?: boolean }): void {
    const { store, hub, origin } = this.#services
    const { run: id, workflow, request } = job
    hub.publish(store.create({ id, title: options.title, origin, workflow, request, next: options.next ?? false }))
    this.#startNext()
  }

  /**
   * Where a job would start at once, its worker begins to check it. Resolves when the worker has all of it.
   * @returns the function that calls it off.
   */
  async expect(job: Job): Promise<() => void> {
    if (this.#active || this.#paused) return () => {}
    await this.worker.expect(job)
    return () => this.worker.forget(job.run)
  }

  /** @throws {AppError} `not_found` */
  retry(id: string): string {
    const { store } = this.#services
    const run = newRunId()
    this.submit({ run, ...store.jobOf(id) }, { title: store.summary(id).title })
    return run
  }

  /** Acknowledged at once; a running one stops within a step. Does nothing to a run that has ended. */
  cancel(id: string): RunSummary {
    const summary = this.#services.store.summary(id)
    if (this.#active?.id === id) this.#stop(this.#active)
    else if (summary.state === 'queued') this.#record(id, [{ type: 'run.cancelled', seconds: 0 }])
    return this.#services.store.summary(id)
  }

  /** @throws {AppError} `request_invalid` for a run that has not ended. */
  delete(id: string): void {
    const { state } = this.#services.store.summary(id)
    if (state === 'queued' || state === 'running') {
      throw new AppError('request_invalid', 'A run that has not ended cannot be deleted; cancel it first.')
    }
    this.#services.store.delete(id)
  }

  pause(): void {
    this.#setPaused(true)
  }

  resume(): void {
    this.#setPaused(false)
    this.#startNext()
  }

  /** @throws {AppError} `request_invalid` naming ids that do not wait. */
  reorder(ids: readonly string[]): void {
    const waiting = new Set(this.#services.store.queued().map((run) => run.id))
    const strangers = ids.filter((id) => !waiting.has(id))
    if (strangers.length > 0) {
      throw new AppError('request_invalid', `Not waiting in the queue: ${strangers.join(', ')}.`)
    }
    this.#services.store.reorder(ids)
  }

  state(): QueueState {
    const { store } = this.#services
    const running = this.#active ? store.find(this.#active.id) : null
    const queued = store.queued().filter((run) => run.id !== this.#active?.id)
    return { paused: this.#paused, running, queued }
  }

  /** Stops the worker. A run under way stays "running" in the store and is resumed by the next owner. */
  async close(): Promise<void> {
    this.#closing = true
    if (this.#active?.stopTimer) clearTimeout(this.#active.stopTimer)
    await this.worker.close()
  }

  #setPaused(paused: boolean): void {
    this.#paused = paused
    this.#services.settings.set('queue.paused', paused)
  }

  /** Runs that a dead owner left: resumed by a server, or said to be interrupted. Never "done". */
  #recover(): void {
    const { store, origin } = this.#services
    for (const run of store.leftBehind()) {
      if (run.origin === 'cli') {
        store.append(run.id, [
          { type: 'run.interrupted', message: 'The command that ran it ended before it was done.' },
        ])
      } else if (origin === 'server' && run.state === 'running') this.#tryAgain(run, 'server', 'the server ended')
    }
  }

  #tryAgain({ id, attempt }: { id: string; attempt: number }, after: 'worker' | 'server', how: string): void {
    const tries = this.#endsSoFar(id, after) + 1
    if (tries < MAX_ATTEMPTS[after]) {
      this.#record(id, [{ type: 'run.resumed', attempt: attempt + 1, after }])
      this.#services.store.moveToFront(id)
      return
    }
    const message = `The run was tried ${tries} times; each time ${how}.`
    if (after === 'server') {
      this.#record(id, [{ type: 'run.interrupted', message }])
      return
    }
    const error = { code: 'worker_crashed' as const, message }
    this.#record(id, [{ type: 'run.failed', error, errors: [error], outputs: [], seconds: 0 }])
  }

  /** How often a run was begun again after such an end since it last got something done. */
  #endsSoFar(id: string, after: 'worker' | 'server'): number {
    const events = this.#services.store.eventsOfRun(id).map((json) => JSON.parse(json) as RunEventBody)
    const since = events.slice(events.findLastIndex(({ type }) => type === 'run.checkpoint') + 1)
    return since.filter((event) => event.type === 'run.resumed' && event.after === after).length
  }

  #startNext(): void {
    if (this.#active || this.#paused || this.#closing || this.worker.pid === undefined) return
    const { store, origin } = this.#services
    // A command line runs what it was asked to; what waits for the server waits on.
    const next = store.leftBehind().find((run) => run.state === 'queued' && run.origin === origin)
    if (!next) return
    const { id } = next
    store.markRunning(id)
    this.#active = { id, startedAt: performance.now(), stopTimer: null, lost: null }
    this.worker.run(id, () => ({ run: id, ...store.jobOf(id) }))
  }

  #stop(active: ActiveRun): void {
    if (active.stopTimer) return
    this.worker.cancel(active.id)
    active.stopTimer = setTimeout(() => this.worker.kill(), this.#services.hardStopMs ?? HARD_STOP_MS)
  }

  #record(run: string, events: readonly RunEventBody[]): void {
    const { store, hub, view, previews } = this.#services
    const lasting: RunEventBody[] = []
    for (const event of events) {
      // Shown and not stored: those who look right now get it, and those who come while its node is at work.
      if (event.type === 'node.preview') {
        const message = passingMessage(run, event)
        previews.keep(run, event, message)
        hub.publish([message])
      } else {
        previews.follow(run, event)
        lasting.push(view.event(event))
      }
    }
    hub.publish(store.append(run, lasting))
  }

  /** A store that cannot be written, as on a full disk, ends the run and not the server. */
  #recordOrStop(run: string, events: readonly RunEventBody[]): void {
    const active = this.#active?.id === run ? this.#active : null
    if (active?.lost) return
    try {
      this.#record(run, events)
    } catch (error) {
      process.stderr.write(`The events of run ${run} cannot be stored: ${(error as Error).message}\n`)
      if (!active) return
      active.lost = reportOf(asDiskFull(error))
      this.#stop(active)
    }
  }

  #ended(run: string): void {
    const active = this.#active
    if (active?.id !== run) return
    if (active.stopTimer) clearTimeout(active.stopTimer)
    this.#active = null
    if (active.lost) this.#recordLoss(active, active.lost)
    this.#startNext()
  }

  #recordLoss(active: ActiveRun, error: ErrorReport): void {
    const seconds = (performance.now() - active.startedAt) / 1000
    const event: RunEventBody = { type: 'run.failed', error, errors: [error], outputs: [], seconds }
    try {
      this.#record(active.id, [event])
    } catch {
      // Still full: the run stays "running" in the store, and the next start says what became of it. Those who wait
      // for its end now are told all the same.
      this.#services.hub.publish([passingMessage(active.id, event)])
    }
  }

  #workerGone(how: string): void {
    const active = this.#active
    if (!active || this.#closing) return
    this.#active = null
    if (active.stopTimer) clearTimeout(active.stopTimer)
    const { state } = this.#services.store.summary(active.id)
    if (!isOver(state)) {
      const seconds = (performance.now() - active.startedAt) / 1000
      if (active.stopTimer) this.#record(active.id, [{ type: 'run.cancelled', seconds }])
      else this.#tryAgain(this.#services.store.record(active.id), 'worker', `its worker process ${how}`)
    }
  }
}

const isOver = (state: RunState): boolean => state !== 'queued' && state !== 'running'

/** Sent to those who listen, and not stored. */
function passingMessage(run: string, event: RunEventBody) {
  return { id: 0, run, seq: 0, json: JSON.stringify({ id: 0, run, seq: 0, time: new Date().toISOString(), ...event }) }
}
