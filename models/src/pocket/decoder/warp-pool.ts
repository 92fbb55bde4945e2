import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { AppError, CancelledError } from '@beatloom/core'
import type { Scene } from './scene.ts'
import type { WarpReply, WarpRequest } from './warp-messages.ts'

/** More threads than this gain nothing: the encoder needs the other cores. */
const MAX_THREADS = 4
/** Idle threads give their memory back after this long. */
const IDLE_MS = 20_000

/** Threads that have one scene open. */
export interface OpenScene {
  /** Draws a frame into `buffer` (`width × height × 3` bytes), which comes back as the result. */
  draw(frame: number, buffer: ArrayBuffer): Promise<ArrayBuffer>
  /** Lets the threads forget the scene; frames still being drawn fail with `run_cancelled`. */
  close(): void
}

interface Thread {
  worker: Worker
  /** By scene and frame. */
  waiting: Map<string, { resolve(buffer: ArrayBuffer): void; reject(error: unknown): void }>
  scenes: Set<number>
  /** Set when the thread has stopped on its own: why. */
  lost: AppError | null
}

const threads: Thread[] = []
let nextScene = 1
let idleTimer: NodeJS.Timeout | undefined

/** Warp threads that a machine should use by default. */
export function defaultThreads(): number {
  return Math.max(1, Math.min(MAX_THREADS, availableParallelism()))
}

/** Opens a scene on the shared threads, starting them where they do not run yet. */
export function openScene(data: Scene, threadCount: number): OpenScene {
  const scene = nextScene++
  const used = Array.from({ length: threadCount }, (_, i) => threads[i] ?? startThread())
  for (const [slot, thread] of used.entries()) {
    thread.scenes.add(scene)
    thread.worker.ref()
    send(thread, { kind: 'open', scene, data, slot })
  }
  clearTimeout(idleTimer)
  let turn = 0
  return {
    draw(frame, buffer) {
      const thread = used[turn++ % used.length]!
      if (thread.lost) return Promise.reject(thread.lost)
      return new Promise((resolve, reject) => {
        thread.waiting.set(`${scene}:${frame}`, { resolve, reject })
        send(thread, { kind: 'draw', scene, frame, buffer }, [buffer])
      })
    },
    close() {
      for (const thread of used) {
        if (!thread.scenes.delete(scene)) continue
        for (const [key, waiter] of thread.waiting) {
          if (!key.startsWith(`${scene}:`)) continue
          thread.waiting.delete(key)
          waiter.reject(new CancelledError())
        }
        send(thread, { kind: 'close', scene })
        // An idle thread keeps no process alive.
        if (thread.scenes.size === 0) thread.worker.unref()
      }
      stopWhenIdle()
    },
  }
}

function send(thread: Thread, request: WarpRequest, transfer: ArrayBuffer[] = []): void {
  thread.worker.postMessage(request, transfer)
}

function startThread(): Thread {
  const worker = new Worker(new URL('./warp-worker.ts', import.meta.url))
  const thread: Thread = { worker, waiting: new Map(), scenes: new Set(), lost: null }
  worker.on('message', (reply: WarpReply) => {
    const key = `${reply.scene}:${reply.frame}`
    const waiter = thread.waiting.get(key)
    thread.waiting.delete(key)
    if (reply.kind === 'drawn') waiter?.resolve(reply.buffer)
    else waiter?.reject(new AppError('internal', `Frame ${reply.frame} could not be drawn: ${reply.message}`))
  })
  const lost = (reason: string) => {
    const error = new AppError('internal', `A drawing thread stopped: ${reason}`)
    thread.lost = error
    const at = threads.indexOf(thread)
    if (at >= 0) threads.splice(at, 1)
    for (const { reject } of thread.waiting.values()) reject(error)
    thread.waiting.clear()
  }
  worker.on('error', (error) => lost(String(error)))
  worker.on('exit', (code) => lost(`exit code ${code}`))
  threads.push(thread)
  return thread
}

function stopWhenIdle(): void {
  clearTimeout(idleTimer)
  if (threads.some((thread) => thread.scenes.size > 0)) return
  idleTimer = setTimeout(stopThreads, IDLE_MS)
  idleTimer.unref()
}

/** Ends the idle threads; the next scene starts new ones. */
function stopThreads(): void {
  const idle = threads.filter((thread) => thread.scenes.size === 0)
  for (const thread of idle) {
    // Out of the list first: a thread that is ending must not be given a scene.
    threads.splice(threads.indexOf(thread), 1)
    void thread.worker.terminate()
  }
}
