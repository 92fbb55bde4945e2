import type { ErrorReport, RunState } from '@beatloom/core'

/** A finished file or value as clients see it. */
export interface PublicOutput {
  name: string
  type: string
  file?: PublicFile
  mime?: string
  value?: string | number | boolean
}

/** A file by content; `url` is null for a file outside the data folders, which no client may read. */
export interface PublicFile {
  sha256: string
  name: string
  url: string | null
}

/** What somebody asked to run, besides the workflow. */
export interface RunRequest {
  inputs: Record<string, unknown>
  outputs?: string[]
  nodes?: string[]
  /** False: no pictures of what forms. */
  previews?: boolean
}

export interface RunSummary {
  id: string
  title: string
  state: RunState
  /** ISO 8601. */
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  seconds: number | null
  outputs: PublicOutput[]
  error: ErrorReport | null
  /** Number of the last event of this run. */
  lastSeq: number
  inputs: Record<string, unknown>
}

export interface RunRecord extends RunSummary {
  workflow: unknown
  request: RunRequest
  /** 1 on the first try; a run whose worker died is tried again. */
  attempt: number
  /** `cli`: nobody waits for it once its process is gone. */
  origin: 'server' | 'cli'
}
