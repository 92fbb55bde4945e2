import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { AppError, type ErrorReport, type RunEventBody } from '@beatloom/core'
import type { DataFolder } from '../folder/data-folder.ts'
import type { FromWorker, Job, QuestionKind, Questions, ToWorker } from '../worker/protocol.ts'
import { workerEnvironment } from './worker-environment.ts'

const WORKER_FILE = fileURLToPath(new URL('../worker/main.ts', import.meta.url))
/** A worker that dies sooner than this is started again only after a pause. */
const SHORT_LIFE_MS = 1_000
const MAX_PAUSE_MS = 10_000
/** How often a question is put again after the worker died over it. */
const MAX_ASKED = 2
const CLOSE_MS = 5_000
/** A worker that is only just starting reads nothing for longer. */
const HAND_OVER_MS = 50

export interface WorkerListener {
  onEvents(run: string, events: RunEventBody[]): void
  onEnded(run: string): void
  /** The process is gone; a new one follows unless the worker was closed. */
  onExit(how: string): void
  /** A new process took the place of one that died. */
  onRestart(): void
}

interface Pending {
  kind: QuestionKind
  ask: unknown
  asked: number
  resolve(value: never): void
  reject(error: unknown): void
}

/** The worker as its owner sees it: one process at a time, started again whenever it dies. */
export class WorkerProcess {
  readonly #folder: DataFolder
  readonly #listener: WorkerListener
  readonly #pending = new Map<number, Pending>()
  /** Runs whose jobs the process at hand was told to expect. */
  readonly #expected = new Set<string>()
  #child: ChildProcess | null = null
  #nextQuestion = 1
  #shortLives = 0
  #closing = false

  constructor(folder: DataFolder, listener: WorkerListener) {
    this.#folder = folder
    this.#listener = listener
    this.#start()
  }

  /** Undefined while there is none, between one's death and the next. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** @param jobOf is asked for the job where the process does not have it yet. */
  run(run: string, jobOf: () => Job): void {
    if (this.#expected.delete(run)) this.#send({ type: 'run-expected', run })
    else this.#send({ type: 'run', job: jobOf() })
  }

  /** Lets the worker check a job ahead of `run`, or of `forget`. Waits, but not for long, until it has left here. */
  async expect(job: Job): Promise<void> {
    this.#expected.add(job.run)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, HAND_OVER_MS)
    })
    // A pipe takes 200 kB at a time: what is busy checking the same job here would keep the rest from leaving.
    await Promise.race([late, new Promise<void>((resolve) => this.#send({ type: 'expect', job }, resolve))])
    clearTimeout(timer)
  }

  forget(run: string): void {
    if (this.#expected.delete(run)) this.#send({ type: 'forget', run })
  }

  cancel(run: string): void {
    this.#send({ type: 'cancel', run })
  }

  ask<K extends QuestionKind>(kind: K, ask: Questions[K]['ask']): Promise<Questions[K]['answer']> {
    return new Promise((resolve, reject) => {
      const id = this.#nextQuestion++
      this.#pending.set(id, { kind, ask, asked: 1, resolve, reject })
      this.#send({ type: 'ask', id, kind, ask })
    })
  }

  kill(): void {
    killGroup(this.#child)
  }

  /** Lets the worker stop what it does; kills it when that takes too long. */
  async close(): Promise<void> {
    this.#closing = true
    const child = this.#child
    if (!child) return
    const exited = new Promise((resolve) => child.once('exit', resolve))
    this.#send({ type: 'close' })
    const timer = setTimeout(() => killGroup(child), CLOSE_MS)
    await exited
    clearTimeout(timer)
  }

  #start(): void {
    const startedAt = Date.now()
    const child = fork(WORKER_FILE, [this.#folder.root], {
      // All messages are plain data; as JSON they cross in half the time of a structured clone.
      serialization: 'json',
      // Flags of the owner, such as a debugger's port, are not the worker's.
      execArgv: [],
      env: workerEnvironment(process.env),
      // Node's standard output belongs to the command line's JSON lines.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // A process group of its own: a terminal's interrupt reaches the owner alone, who decides what happens, and a
      // kill takes the worker's ffmpeg along.
      detached: true,
    })
    this.#child = child
    this.#expected.clear()
    child.on('message', (message: FromWorker) => this.#receive(message))
    child.on('error', () => {})
    child.once('exit', (code, signal) => {
      this.#child = null
      this.#shortLives = Date.now() - startedAt < SHORT_LIFE_MS ? this.#shortLives + 1 : 0
      this.#listener.onExit(signal ? `was ended by ${signal}` : `ended with exit code ${code}`)
      if (this.#closing) this.#rejectAll(new AppError('worker_crashed', 'Beatloom is closing.'))
      else this.#restart()
    })
    for (const [id, { kind, ask }] of this.#pending) this.#send({ type: 'ask', id, kind, ask })
  }

  #restart(): void {
    for (const [id, question] of this.#pending) {
      if (++question.asked <= MAX_ASKED) continue
      this.#pending.delete(id)
      question.reject(new AppError('worker_crashed', 'The worker process ended before it could answer.'))
    }
    const pauseMs = this.#shortLives === 0 ? 0 : Math.min(MAX_PAUSE_MS, 100 * 2 ** this.#shortLives)
    setTimeout(() => {
      if (this.#closing) return
      this.#start()
      this.#listener.onRestart()
    }, pauseMs).unref()
  }

  #rejectAll(error: AppError): void {
    for (const { reject } of this.#pending.values()) reject(error)
    this.#pending.clear()
  }

  #send(message: ToWorker, done: () => void = () => {}): void {
    // What cannot be delivered is covered by the exit that follows: runs are queued again, questions asked again.
    if (this.#child?.connected) this.#child.send(message, () => done())
    else done()
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        return
      case 'events':
        this.#listener.onEvents(message.run, message.events)
        return
      case 'ended':
        this.#listener.onEnded(message.run)
        return
      case 'answer':
        this.#settle(message.id, message.value, message.error)
    }
  }

  #settle(id: number, value: unknown, error: ErrorReport | undefined): void {
    const question = this.#pending.get(id)
    if (!question) return
    this.#pending.delete(id)
    if (error) question.reject(new AppError(error.code, error.message, { details: error.details }))
    else question.resolve(value as never)
  }
}

function killGroup(child: ChildProcess | null): void {
  if (child?.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // No groups on Windows, or gone already.
    child.kill('SIGKILL')
  }
}
