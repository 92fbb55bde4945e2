import type { ErrorReport, Issue, PlannedNode, RunEvent, RunState, ValueFacts, Workflow } from '@beatloom/core'

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
  /** The latest preview of each node at work. */
  previews?: LiveEvent[]
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

export type MediaKind = 'image' | 'audio' | 'video' | 'workflow' | 'weights'

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
  /** What people want who choose it. */
  goals: string[]
  preview: { still: boolean; loop: boolean }
  /** Whether it can run on the server's machine as it is. */
  standing: 'ready' | 'download' | 'too-large'
  /** Needed models that are not installed. */
  missing: { name: string; sizeBytes: number }[]
  memory: { neededBytes: number; availableBytes: number }
}

/** A copy that the server keeps for being given away. */
export interface SharedFile {
  reference: string
  name: string
  sizeBytes: number
}

export interface ModelSummary {
  name: string
  title: string
  family: string
  sizeBytes: number
  sha256: string
  licence: string | null
  /** Where it was added from: a folder, or `owner/name@commit` of a hub. */
  source: string | null
  /** Part of Beatloom, and not to be removed. */
  bundled: boolean
  provider: string | null
}

/** A model on its way in. */
export interface ModelAddition {
  id: string
  source: string
  name: string | null
  dtype: string | null
  state: 'running' | 'done' | 'failed' | 'cancelled'
  progress: {
    phase: 'listing' | 'copying' | 'downloading' | 'checking'
    file: string
    doneBytes: number
    /** 0 until the list has come. */
    totalBytes: number
  }
  /** Name of the installed model, once it is. */
  model: string | null
  error: ErrorReport | null
}

export interface AdditionRequest {
  /** `owner/name[@revision]` of a hub. */
  source: string
  name?: string
  dtype?: string
  token?: string
}

export interface AdditionsAnswer {
  additions: ModelAddition[]
  /** What the server's machine has. */
  room: { memoryBytes: number; diskFreeBytes: number }
}

export interface VerifiedModel {
  name: string
  files: number
  sizeBytes: number
  /** Whether a list says what the files should be. */
  listed: boolean
  problems: { path: string; kind: string; message: string }[]
}

/** What models can run on, and why it cannot be had here. */
export interface ProviderSummary {
  provider: string
  available: boolean
  reason: string | null
}

export interface SystemFacts {
  version: string
  providers?: unknown
}

export interface DraftSummary {
  id: string
  title: string
  savedAt: string
  /** Grows by one with each write. */
  revision: number
  /** The window that wrote last. */
  writer: string
}

export interface DraftWrite {
  title: string
  workflow: Workflow
  /** The revision this copy grew from, 0 for a new draft. */
  base: number
  writer: string
}

export interface StartRequest {
  workflow: Workflow
  inputs?: Record<string, unknown>
  nodes?: string[]
  title?: string
  next?: boolean
  /** False: no pictures of what forms, so that the run spends nothing on them. */
  previews?: boolean
  /** Also where the quote says that this machine cannot do it. */
  tryAnyway?: boolean
}

export interface StartAnswer {
  run: RunSummary
  warnings: Issue[]
}

/** What is known of the value at a port before anything runs. */
export type PortFacts = ValueFacts

/** Why a job cannot be done here, and the nearest setting that could. */
export interface Refusal {
  code: string
  message: string
  node?: string
  param?: string
  nearest?: unknown
}

/** What a run would cost. */
export interface Quote {
  /** Shortest and longest. */
  seconds: [number, number]
  memoryBytes: number
  diskBytes: number
  /** Nodes that would run, and nodes whose results are there already. */
  run: number
  cached: number
  /** Of each loop over shots: how many there are, and the numbers, from 1, of those that would be made. */
  shots?: { count: number; missing: number[] }[]
  refusal?: Refusal
}

export interface QuotedNode extends PlannedNode {
  /** What it usually takes on the server's machine when it has to run. */
  seconds: number
}

export interface PlanAnswer {
  issues: Issue[]
  nodes: QuotedNode[]
  /** By node, then by output port. */
  facts?: Record<string, Record<string, PortFacts>>
  quote?: Quote | null
}

/** What is looked for in the history. */
export interface RunQuery {
  limit?: number
  state?: RunState[]
  text?: string
  /** ISO 8601: created at this time or later, and before that one. */
  from?: string
  until?: string
  /** The `next` of the page before. */
  before?: string
}

export interface RunPage {
  runs: RunSummary[]
  total: number
  next: string | null
}

/** What a run did differently from the one before of the same title. */
export interface RunChanges {
  previous: string | null
  changes: { node: string; type: string; param: string; before: unknown; after: unknown }[]
  rewired: boolean
}

export interface QueueState {
  paused: boolean
  running: RunSummary | null
  queued: RunSummary[]
}

export interface AssetQuery {
  text?: string
  kind?: 'image' | 'audio' | 'video'
  origin?: 'uploaded' | 'made'
  limit?: number
  before?: string
}

export interface ListedAsset {
  reference: string
  name: string
  kind: 'image' | 'audio' | 'video'
  mime: string
  sizeBytes: number
  createdAt: string
  origin: 'uploaded' | 'made'
}

export interface AssetPage {
  assets: ListedAsset[]
  total: number
  next: string | null
}
