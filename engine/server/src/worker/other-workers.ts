import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isTerminalEvent, type NodeChange, type RunHost, type Workflow, type WorkflowNode } from '@beatloom/core'
import type { DiskCache } from '../cache/disk-cache.ts'
import type { DataFolder } from '../folder/data-folder.ts'
import type { FromWorker, Job, ToWorker } from './protocol.ts'
import { otherWorkerEnvironments } from './worker-count.ts'

const WORKER_FILE = fileURLToPath(new URL('./main.ts', import.meta.url))
/** A worker without work gives its memory back after this long. */
const IDLE_MS = 30_000
/** One that dies this often is not started again. */
const MOST_DEATHS = 2

/**
 * The workers beside this one, on the other graphics cards: the same program, started when there is a part of a run for
 * them, told everything by this process, and ended with it. What they make comes back through the result cache.
 */
export class OtherWorkers {
  readonly #folder: DataFolder
  readonly #cache: DiskCache
  #workers: Promise<OtherWorker[]> | null = null

  constructor(folder: DataFolder, cache: DiskCache) {
    this.#folder = folder
    this.#cache = cache
  }

  /** What a job's nodes are offered; nothing on a machine with one worker. */
  async forJob(job: Job): Promise<Pick<RunHost, 'otherWorkers'>> {
    this.#workers ??= otherWorkerEnvironments(process.env).then((all) =>
      all.map((env) => new OtherWorker(this.#folder.root, env)),
    )
    const workers = await this.#workers
    if (workers.length === 0) return {}
    const run = async (index: number, change: NodeChange, signal: AbortSignal): Promise<boolean> => {
      const part = changedJob(job, change)
      if (signal.aborted) return false
      // What it goes on from has to be on disk.
      await this.#cache.flush()
      const isDone = (await workers[index]?.run(part, signal)) ?? false
      this.#cache.refresh()
      return isDone
    }
    return { otherWorkers: { count: workers.length, run } }
  }

  async close(): Promise<void> {
    for (const worker of (await this.#workers) ?? []) worker.close()
  }
}

/** A job up to one of its nodes. Its values stand in the workflow itself, so that no field of a form sets them anew. */
function changedJob(job: Job, { node: id, params, unlinked }: NodeChange): Job {
  const workflow = JSON.parse(job.workflow) as Workflow
  const node = workflow.nodes[id] as WorkflowNode
  Object.assign(node.params, params)
  for (const input of unlinked) delete node.links[input]
  const inputs = Object.entries(job.request.inputs).filter(([name]) => {
    const target = workflow.inputs?.[name]
    return !(target?.node === id && Object.hasOwn(params, target.param))
  })
  return {
    run: `${job.run}-${crypto.randomUUID().slice(0, 8)}`,
    workflow: JSON.stringify(workflow),
    request: { inputs: Object.fromEntries(inputs), nodes: [id], previews: false },
  }
}

class OtherWorker {
  readonly #root: string
  readonly #env: NodeJS.ProcessEnv
  /** By run; told whether it came to its end. */
  readonly #waiting = new Map<string, (isDone: boolean) => void>()
  readonly #finished = new Set<string>()
  #child: ChildProcess | null = null
  #idleTimer: NodeJS.Timeout | undefined
  #deaths = 0

  constructor(root: string, env: NodeJS.ProcessEnv) {
    this.#root = root
    this.#env = env
  }

  run(job: Job, signal: AbortSignal): Promise<boolean> {
    if (this.#deaths >= MOST_DEATHS) return Promise.resolve(false)
    clearTimeout(this.#idleTimer)
    const child = this.#started()
    const cancel = () => this.#send(child, { type: 'cancel', run: job.run })
    signal.addEventListener('abort', cancel, { once: true })
    return new Promise<boolean>((resolve) => {
      this.#waiting.set(job.run, resolve)
      this.#send(child, { type: 'run', job })
    }).finally(() => {
      signal.removeEventListener('abort', cancel)
      if (this.#waiting.size > 0) return
      this.#idleTimer = setTimeout(() => this.close(), IDLE_MS)
      this.#idleTimer.unref()
    })
  }

  close(): void {
    if (this.#child) this.#send(this.#child, { type: 'close' })
    this.#child = null
  }

  #started(): ChildProcess {
    if (this.#child) return this.#child
    const child = fork(WORKER_FILE, [this.#root], {
      serialization: 'json',
      execArgv: [],
      env: this.#env,
      // In the process group of the worker that starts it: what kills that one, kills this one.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    child.on('message', (message: FromWorker) => this.#receive(message))
    child.on('error', () => {})
    child.once('exit', (code) => {
      if (this.#child !== child) return
      this.#child = null
      if (code !== 0) this.#deaths++
      for (const resolve of this.#waiting.values()) resolve(false)
      this.#waiting.clear()
    })
    this.#child = child
    return child
  }

  #receive(message: FromWorker): void {
    if (message.type === 'events') {
      const end = message.events.find(isTerminalEvent)
      if (end?.type === 'run.finished') this.#finished.add(message.run)
    }
    if (message.type !== 'ended') return
    this.#waiting.get(message.run)?.(this.#finished.delete(message.run))
    this.#waiting.delete(message.run)
  }

  #send(child: ChildProcess, message: ToWorker): void {
    // What cannot be delivered is covered by the exit that follows.
    if (child.connected) child.send(message, () => {})
  }
}
