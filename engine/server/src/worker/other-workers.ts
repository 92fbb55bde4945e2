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
      try {
        // What it goes on from has to be on disk.
        await this.#cache.flush()
        const isDone = (await workers[index]?.run(changedJob(job, change), signal)) ?? false
        this.#cache.refresh()
        return isDone
      } catch {
        // No process to be had, no place for its files: the part is done by whoever asked.
        return false
      }
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
  // A link would feed the param all the same.
  for (const input of [...unlinked, ...Object.keys(params)]) delete node.links[input]
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

/** One process, and who waits for it. */
interface Running {
  child: ChildProcess
  /** By run; told whether it came to its end. */
  waiting: Map<string, (isDone: boolean) => void>
  finished: Set<string>
}

class OtherWorker {
  readonly #root: string
  readonly #env: NodeJS.ProcessEnv
  #running: Running | null = null
  #idleTimer: NodeJS.Timeout | undefined
  #deaths = 0

  constructor(root: string, env: NodeJS.ProcessEnv) {
    this.#root = root
    this.#env = env
  }

  async run(job: Job, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted || this.#deaths >= MOST_DEATHS) return false
    clearTimeout(this.#idleTimer)
    this.#running ??= this.#start()
    const { child, waiting } = this.#running
    const cancel = () => send(child, { type: 'cancel', run: job.run })
    signal.addEventListener('abort', cancel, { once: true })
    try {
      return await new Promise<boolean>((resolve) => {
        waiting.set(job.run, resolve)
        send(child, { type: 'run', job })
      })
    } finally {
      signal.removeEventListener('abort', cancel)
      clearTimeout(this.#idleTimer)
      if (waiting.size === 0) this.#idleTimer = setTimeout(() => this.close(), IDLE_MS).unref()
    }
  }

  /** Parts under way there are stopped, and come to no end. */
  close(): void {
    clearTimeout(this.#idleTimer)
    if (this.#running) send(this.#running.child, { type: 'close' })
    this.#running = null
  }

  #start(): Running {
    const child = fork(WORKER_FILE, [this.#root], {
      serialization: 'json',
      execArgv: [],
      env: this.#env,
      // In the process group of the worker that starts it: what kills that one, kills this one.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const running: Running = { child, waiting: new Map(), finished: new Set() }
    // Whichever comes first: a process that could not be started has no exit.
    const gone = (isDeath: boolean) => {
      if (this.#running === running) {
        this.#running = null
        if (isDeath) this.#deaths++
      }
      for (const resolve of running.waiting.values()) resolve(false)
      running.waiting.clear()
    }
    child.on('message', (message: FromWorker) => receive(running, message))
    child.on('error', () => gone(true))
    child.once('exit', (code) => gone(code !== 0))
    return running
  }
}

function receive({ waiting, finished }: Running, message: FromWorker): void {
  if (message.type === 'events' && message.events.find(isTerminalEvent)?.type === 'run.finished') {
    finished.add(message.run)
  }
  if (message.type !== 'ended') return
  waiting.get(message.run)?.(finished.delete(message.run))
  waiting.delete(message.run)
}

function send(child: ChildProcess, message: ToWorker): void {
  // What cannot be delivered is covered by the exit that follows.
  if (child.connected) child.send(message, () => {})
}
