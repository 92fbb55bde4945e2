import type { Issue, NodeDescriptor, Workflow } from '@beatloom/core'
import type {
  Asset,
  DraftSummary,
  FileFacts,
  LiveEvent,
  ModelSummary,
  RunDetail,
  RunSummary,
  StartAnswer,
  StartRequest,
  SystemFacts,
  Template,
} from './types.ts'

const BASE = '/api/v1'

/** The server's refusal: its code, its sentence, its details. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly details: Record<string, unknown>
  constructor(status: number, code: string, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.details = details
  }
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const request: RequestInit = { method }
  if (body !== undefined) {
    request.headers = { 'content-type': 'application/json' }
    request.body = JSON.stringify(body)
  }
  let response: Response
  try {
    response = await fetch(BASE + path, request)
  } catch (cause) {
    throw new ApiError(0, 'unreachable', `The server does not answer: ${(cause as Error).message}`)
  }
  return readAnswer<T>(response.status, await response.text())
}

function readAnswer<T>(status: number, text: string): T {
  let body: { error?: { code: string; message: string; details?: Record<string, unknown> } } | null = null
  try {
    body = text === '' ? null : JSON.parse(text)
  } catch {
    throw new ApiError(status, 'internal', `The server answered with something that is not JSON (status ${status}).`)
  }
  if (status >= 200 && status < 300) return body as T
  const error = body?.error
  throw new ApiError(status, error?.code ?? 'internal', error?.message ?? `Status ${status}.`, error?.details)
}

const part = encodeURIComponent

export const listNodes = () => call<{ nodes: NodeDescriptor[] }>('GET', '/nodes').then((body) => body.nodes)
export const listTemplates = () => call<{ workflows: Template[] }>('GET', '/workflows').then((body) => body.workflows)
export const getTemplate = (name: string) => call<unknown>('GET', `/workflows/${part(name)}`)
export const listModels = () => call<{ models: ModelSummary[] }>('GET', '/models').then((body) => body.models)
export const getSystem = () => call<SystemFacts>('GET', '/system')
export const validate = (workflow: Workflow) =>
  call<{ issues: Issue[] }>('POST', '/validate', { workflow }).then((body) => body.issues)
export const startRun = (request: StartRequest) => call<StartAnswer>('POST', '/runs', request)
export const listRuns = (limit = 50) =>
  call<{ runs: RunSummary[] }>('GET', `/runs?limit=${limit}`).then((body) => body.runs)
export const getRun = (id: string) =>
  call<RunDetail | { run: RunDetail }>('GET', `/runs/${part(id)}`).then((body) => ('run' in body ? body.run : body))
export const getRunEvents = (id: string, after = 0) =>
  call<{ events: LiveEvent[] }>('GET', `/runs/${part(id)}/events?after=${after}`).then((body) => body.events)
export const cancelRun = (id: string) => call<unknown>('POST', `/runs/${part(id)}/cancel`)
export const retryRun = (id: string) => call<{ run: RunSummary }>('POST', `/runs/${part(id)}/retry`).then((b) => b.run)
export const deleteRun = (id: string) => call<unknown>('DELETE', `/runs/${part(id)}`)
export const getFileFacts = (reference: string) => call<FileFacts>('GET', `/file-facts?reference=${part(reference)}`)
export const putDraft = (id: string, title: string, workflow: Workflow) =>
  call<unknown>('PUT', `/drafts/${part(id)}`, { title, workflow })
export const listDrafts = () => call<{ drafts: DraftSummary[] }>('GET', '/drafts').then((body) => body.drafts)
export const getDraft = (id: string) => call<{ workflow: unknown }>('GET', `/drafts/${part(id)}`)

/** Where a reference (`samples/cover.jpg`, `assets/<sha256>/<name>`) can be fetched. */
export const fileUrl = (reference: string): string => `${BASE}/files/${reference.split('/').map(part).join('/')}`

/** Sends a file, reporting the share sent, 0 … 1. */
export function uploadAsset(file: File, onProgress?: (share: number) => void): Promise<Asset> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${BASE}/assets`)
    request.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total)
    request.onload = () => {
      try {
        resolve(readAnswer<Asset>(request.status, request.responseText))
      } catch (error) {
        reject(error)
      }
    }
    request.onerror = () => reject(new ApiError(0, 'unreachable', 'The file could not be sent: the connection broke.'))
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}
