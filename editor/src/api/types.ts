import type { ErrorReport, Issue, RunEvent, RunState, Workflow } from '@beatloom/core'

/** A file as the server names it: by hash and address, never by its place on a disk. */
export interface PublicFile {
  sha256: string
  name: string
  url: string
}

export interface PublicOutput {
  name: string
  type: string
  file?: PublicFile
  mime?: string
  value?: string | number | boolean
}

export interface RunSummary {
  id: string
  title: string
  state: RunState
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  seconds: number | null
  outputs: PublicOutput[]
  error: ErrorReport | null
  lastSeq: number
  inputs?: Record<string, unknown>
}

export interface RunDetail extends RunSummary {
  workflow: Workflow
}

/** As it comes over the socket; `id` counts all runs' events, 0 for passing previews. */
export type LiveEvent = RunEvent & { id: number }

export interface MediaFacts {
  width?: number
  height?: number
  durationSeconds?: number
  sampleRate?: number
  channels?: number
}

export type MediaKind = 'image' | 'audio' | 'video' | 'workflow'

export interface Asset {
  reference: string
  sha256: string
  name: string
  sizeBytes: number
  mime: string
  kind: MediaKind
  facts: MediaFacts
  workflow?: string
}

export interface FileFacts {
  mime: string
  kind: MediaKind
  facts: MediaFacts
  /** Loudest sample of each equal slice, 0 … 1. */
  peaks?: number[]
}

export interface Template {
  name: string
  title: string
  description: string
}

export interface ModelSummary {
  name: string
  title: string
  family: string
  sizeBytes: number
  sha256: string
  licence: string | null
  provider: string | null
}

export interface SystemFacts {
  version: string
  providers?: unknown
}

export interface DraftSummary {
  id: string
  title: string
  savedAt: string
}

export interface StartRequest {
  workflow: Workflow
  inputs?: Record<string, unknown>
  nodes?: string[]
  title?: string
  next?: boolean
}

export interface StartAnswer {
  run: RunSummary
  warnings: Issue[]
}
