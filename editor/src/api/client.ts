import type { Issue, NodeDescriptor, Workflow } from '@beatloom/core'
import type {
  AdditionRequest,
  AdditionsAnswer,
  Asset,
  AssetPage,
  AssetQuery,
  DraftSummary,
  DraftWrite,
  FileFacts,
  LiveEvent,
  ModelAddition,
  ModelSummary,
  PlanAnswer,
  ProviderSummary,
  QueueState,
  RunChanges,
  RunDetail,
  RunPage,
  RunQuery,
  RunSummary,
  SharedFile,
  StartAnswer,
  StartRequest,
  SystemFacts,
  Template,
  VerifiedModel,
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
/** The picture of a template: still, or a short loop. */
export const previewUrl = (name: string, kind: 'still' | 'loop'): string =>
  `${BASE}/workflows/${part(name)}/preview?kind=${kind}`
export const getTemplate = (name: string) => call<unknown>('GET', `/workflows/${part(name)}`)
export const listModels = () => call<{ models: ModelSummary[] }>('GET', '/models').then((body) => body.models)
export const listProviders = () =>
  call<{ providers: ProviderSummary[] }>('GET', '/models').then((body) => body.providers)
export const listAdditions = () => call<AdditionsAnswer>('GET', '/models/additions')
export const startAddition = (request: AdditionRequest) =>
  call<{ addition: ModelAddition }>('POST', '/models/additions', request).then((body) => body.addition)
export const cancelAddition = (id: string) => call<unknown>('DELETE', `/models/additions/${part(id)}`)
export const verifyModel = (name: string) => call<VerifiedModel>('POST', `/models/${part(name)}/verify`)
export const removeModel = (name: string) => call<unknown>('DELETE', `/models/${part(name)}`)
export const getSystem = () => call<SystemFacts>('GET', '/system')
export const validate = (workflow: Workflow) =>
  call<{ issues: Issue[] }>('POST', '/validate', { workflow }).then((body) => body.issues)
export const planRun = (workflow: Workflow, nodes?: string[]) =>
  call<PlanAnswer>('POST', '/plan', { workflow, ...(nodes ? { nodes } : {}) })
/** The server keeps this much of a title beside a run; the workflow keeps all of it. */
const TITLE_LETTERS = 200
export const startRun = (request: StartRequest) =>
  call<StartAnswer>('POST', '/runs', { ...request, title: request.title?.slice(0, TITLE_LETTERS) })
export const searchRuns = (query: RunQuery) => call<RunPage>('GET', `/runs?${queryText({ ...query })}`)
export const getRunChanges = (id: string) => call<RunChanges>('GET', `/runs/${part(id)}/changes`)
export const getRun = (id: string) =>
  call<RunDetail | { run: RunDetail }>('GET', `/runs/${part(id)}`).then((body) => ('run' in body ? body.run : body))
export const getRunEvents = (id: string, after = 0) =>
  call<{ events: LiveEvent[] }>('GET', `/runs/${part(id)}/events?after=${after}`).then((body) => body.events)
export const cancelRun = (id: string) => call<unknown>('POST', `/runs/${part(id)}/cancel`)
export const retryRun = (id: string) => call<{ run: RunSummary }>('POST', `/runs/${part(id)}/retry`).then((b) => b.run)
export const deleteRun = (id: string) => call<unknown>('DELETE', `/runs/${part(id)}`)
export const getQueue = () => call<QueueState>('GET', '/queue')
export const pauseQueue = () => call<QueueState>('POST', '/queue/pause')
export const resumeQueue = () => call<QueueState>('POST', '/queue/resume')
export const reorderQueue = (order: readonly string[]) => call<QueueState>('POST', '/queue/reorder', { order })
export const listAssets = (query: AssetQuery) => call<AssetPage>('GET', `/assets?${queryText({ ...query })}`)
/** The loudest sample of each of `count` equal slices of a sound, 0 … 1. */
export const getPeaks = (reference: string, count: number) =>
  call<{ peaks: number[] }>('GET', `/peaks?reference=${part(reference)}&count=${count}`).then((body) => body.peaks)
export const getFileFacts = (reference: string) => call<FileFacts>('GET', `/file-facts?reference=${part(reference)}`)
export const putDraft = (id: string, draft: DraftWrite) => call<DraftSummary>('PUT', `/drafts/${part(id)}`, draft)
export const listDrafts = () => call<{ drafts: DraftSummary[] }>('GET', '/drafts').then((body) => body.drafts)
export const getDraft = (id: string) => call<DraftSummary & { workflow: unknown }>('GET', `/drafts/${part(id)}`)

/** A copy of a result that carries this workflow instead of its own, or none. */
export const shareMedia = (reference: string, workflow: Workflow | null) =>
  call<SharedFile>('POST', '/share/media', { reference, workflow })
export const shareLink = (workflow: Workflow) => call<{ url: string }>('POST', '/share/link', { workflow })
export const shareAddress = () => call<{ url: string | null; reason: string | null }>('GET', '/share/address')

/** Where a reference (`samples/cover.jpg`, `assets/<sha256>/<name>`) can be fetched. */
export const fileUrl = (reference: string): string => `${BASE}/files/${reference.split('/').map(part).join('/')}`

/** The file's own name in a reference. */
export const fileNameIn = (reference: string): string => reference.split('/').at(-1) ?? reference

/** A small JPEG of a picture or a video, by its reference or by the address of the file itself. */
export const thumbnailUrl = (file: string): string =>
  file.startsWith(BASE) ? file.replace('/files/', '/thumbnails/') : fileUrl(file).replace('/files/', '/thumbnails/')

/** `a=1&b=2&b=3`, leaving out what is not set. */
function queryText(query: Record<string, string | number | readonly string[] | undefined>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue
    for (const item of Array.isArray(value) ? value : [value]) params.append(name, String(item))
  }
  return params.toString()
}

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
