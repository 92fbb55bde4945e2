import { Worker } from 'node:worker_threads'
import { AppError, CancelledError } from '@beatloom/core'
import type { ThreadOptions, ThreadReply, ThreadRequest } from './protocol.ts'

/** The live side of the inference thread: a queue of requests, of which one is at work. */
export interface InferenceClient {
  /**
   * Waits for its turn, then for the answer. An abort takes effect at once here; a call that the thread has already
   * begun cannot be interrupted, so it ends unheard and the next request waits for it.
   */
  ask(request: ThreadRequest, signal?: AbortSignal): Promise<unknown>
  /** Finishes the call at work, refuses the others, and ends the thread. */
  close(): Promise<void>
}

interface Waiting {
  request: ThreadRequest
  resolve(value: unknown): void
  reject(error: unknown): void
}

export function createInferenceClient(options: ThreadOptions): InferenceClient {
  let thread: Worker | null = null
  let current: Waiting | null = null
  let closed: Promise<void> | null = null
  const queue: Waiting[] = []

  function start(): Worker {
    const started = new Worker(new URL('./inference-thread.ts', import.meta.url), { workerData: options, execArgv: [] })
    started.on('message', (reply: ThreadReply) => {
      const done = current
      current = null
      if (reply.ok) done?.resolve(reply.value)
      else done?.reject(new AppError(reply.code, reply.message, { details: reply.details }))
      next()
    })
    started.on('error', (error) => stopped(started, error.message))
    started.on('exit', (code) => stopped(started, `it ended with code ${code}`))
    return started
  }

  function stopped(which: Worker, reason: string): void {
    if (thread !== which) return
    thread = null
    const failed = current
    current = null
    failed?.reject(new AppError('worker_crashed', `The inference thread stopped: ${reason}.`))
    next()
  }

  function next(): void {
    if (current) return
    const waiting = queue.shift()
    if (!waiting) {
      // Nothing to wait for, so the thread must not keep the process alive; a closing one has yet to end.
      if (!closed) thread?.unref()
      return
    }
    current = waiting
    thread ??= start()
    thread.ref()
    thread.postMessage(waiting.request, handedOver(waiting.request))
  }

  function ask(request: ThreadRequest, signal?: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new CancelledError())
      const waiting: Waiting = {
        request,
        resolve: (value) => {
          signal?.removeEventListener('abort', abort)
          resolve(value)
        },
        reject: (error) => {
          signal?.removeEventListener('abort', abort)
          reject(error)
        },
      }
      const abort = () => {
        const at = queue.indexOf(waiting)
        if (at >= 0) queue.splice(at, 1)
        reject(new CancelledError())
      }
      signal?.addEventListener('abort', abort, { once: true })
      queue.push(waiting)
      next()
    })
  }

  return {
    ask(request, signal) {
      if (closed) return Promise.reject(new AppError('internal', 'The model host is closed.'))
      return ask(request, signal)
    },
    close() {
      closed ??= (async () => {
        for (const waiting of queue.splice(0)) waiting.reject(new CancelledError())
        if (!thread) return
        const ended = new Promise((resolve) => thread?.once('exit', resolve))
        await ask({ kind: 'close' }).catch(() => {})
        await ended
      })()
      return closed
    },
  }
}

/** Inputs to be kept are given away; all others are copied. */
function handedOver(request: ThreadRequest): ArrayBuffer[] {
  const kept = request.kind === 'run' ? Object.values(request.kept?.inputs ?? {}) : []
  return kept.map(({ data }) => data.buffer as ArrayBuffer)
}
