import { createWriteStream, openAsBlob } from 'node:fs'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError, type ErrorReport, type Issue, isTerminalEvent } from '@beatloom/core'
import type { DataFolder } from '../folder/data-folder.ts'
import { writeWhole } from './local-target.ts'
import type { RunTarget, TargetEvent } from './run-target.ts'

const RECONNECT_MS = 500
const MAX_RECONNECTS = 20

/** Hands the work to the server that has the data folder. */
export function remoteTarget(url: string, folder: DataFolder, token = process.env.BEATLOOM_TOKEN): RunTarget {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  const base = `${url}/api/v1`

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const json = body !== undefined && !(body instanceof FormData)
    const response = await fetch(`${base}${path}`, {
      method,
      headers: json ? { ...headers, 'content-type': 'application/json' } : headers,
      body: json ? JSON.stringify(body) : (body as FormData | undefined),
    })
    const answer = (await response.json()) as { error?: ErrorReport }
    if (answer.error) throw new AppError(answer.error.code, answer.error.message, { details: answer.error.details })
    return answer as T
  }

  /** One connection's worth of events. */
  async function* connection(run: string, after: number): AsyncGenerator<TargetEvent & { id: number }> {
    const address = new URL(
      `${base}/events?after=${after}&run=${run}${token ? `&token=${encodeURIComponent(token)}` : ''}`,
    )
    address.protocol = address.protocol.replace('http', 'ws')
    const socket = new WebSocket(address)
    const waiting: string[] = []
    let open = true
    let wake: () => void = () => {}
    socket.onmessage = ({ data }) => {
      waiting.push(String(data))
      wake()
    }
    socket.onclose = () => {
      open = false
      wake()
    }
    socket.onerror = () => {}
    try {
      while (open || waiting.length > 0) {
        for (const json of waiting.splice(0)) yield JSON.parse(json) as TargetEvent & { id: number }
        if (waiting.length === 0 && open) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      }
    } finally {
      socket.close()
    }
  }

  return {
    async importFile(path) {
      const form = new FormData()
      form.set('file', await openAsBlob(path), basename(path))
      return (await call<{ reference: string }>('POST', '/assets', form)).reference
    },
    validate: async (workflow, request) =>
      (await call<{ issues: Issue[] }>('POST', '/validate', { workflow, ...request })).issues,
    plan: (workflow, request) => call('POST', '/plan', { workflow, ...request }),
    submit: async (workflow, request) => {
      const { run, warnings } = await call<{ run: { id: string }; warnings: Issue[] }>('POST', '/runs', {
        workflow,
        ...request,
      })
      return { run: run.id, warnings }
    },
    async *events(run) {
      let after = 0
      for (let failures = 0; failures < MAX_RECONNECTS; failures++) {
        for await (const event of connection(run, after)) {
          failures = 0
          after = Math.max(after, event.id)
          yield event
          if (isTerminalEvent(event)) return
        }
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS))
      }
      throw new AppError('run_interrupted', `The server at ${url} does not answer any more.`)
    },
    cancel: async (run) => {
      await call('POST', `/runs/${run}/cancel`)
    },
    models: () => call('GET', '/models'),
    async fetchFile(file, path) {
      const response = await fetch(`${url}${file.url}`, { headers })
      if (!response.ok || !response.body) throw new AppError('file_missing', `The server no longer has ${file.name}.`)
      const body = Readable.fromWeb(response.body as import('node:stream/web').ReadableStream)
      await writeWhole(path, (partial) => pipeline(body, createWriteStream(partial)))
    },
    pathOf: (file) => join(folder.artifacts, file.sha256, file.name),
    abandon: () => {},
    close: async () => {},
  }
}
