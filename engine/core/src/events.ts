import type { ErrorReport } from './errors.ts'
import type { Phase } from './node-definition.ts'
import type { Display } from './services.ts'
import type { FileHandle } from './values.ts'

/** What a finished run hands out, by the workflow's output names. */
export interface RunOutput {
  name: string
  type: string
  /** For files. */
  file?: FileHandle
  mime?: string
  /** For text, numbers, booleans. */
  value?: string | number | boolean
}

export type RunEventBody =
  | { type: 'run.queued' }
  | { type: 'run.started'; nodes: { node: string; action: 'run' | 'cached' | 'unneeded'; reason: string }[] }
  /** A problem that no wanted output depends on; the rest runs. */
  | { type: 'run.warning'; code: string; message: string; node?: string }
  | { type: 'node.started'; node: string; phase?: Phase }
  | { type: 'node.progress'; node: string; step: number; steps: number; phase?: Phase }
  /** `bytes` is base64. */
  | { type: 'node.preview'; node: string; mime: string; bytes: string; frame?: number; frames?: number }
  | { type: 'node.display'; node: string; items: Display[] }
  | { type: 'node.cached'; node: string }
  /** `times`: it stands for so many rounds of a loop, which took `seconds` together. */
  | { type: 'node.finished'; node: string; seconds: number; times?: number }
  | { type: 'node.failed'; node: string; error: ErrorReport }
  /** Not run: blocked by an input, or what it needs, `source`, failed. */
  | { type: 'node.skipped'; node: string; because: string; source?: string }
  /** A node put sub-graph nodes in its place; their ids start with the parent's. */
  | { type: 'node.expanded'; node: string; nodes: string[] }
  /** What was made so far is kept: a run that is begun again goes on from here. */
  | { type: 'run.checkpoint'; node: string }
  /** `after`: what ended before the run did. Files of older versions do not say. */
  | { type: 'run.resumed'; attempt: number; after?: 'worker' | 'server' }
  | { type: 'run.finished'; outputs: RunOutput[]; seconds: number; peakRssBytes: number }
  | { type: 'run.failed'; error: ErrorReport; errors: ErrorReport[]; outputs: RunOutput[]; seconds: number }
  | { type: 'run.cancelled'; seconds: number }
  | { type: 'run.interrupted'; message: string }

/** Numbered within the run from 1 without gaps, so a client that reconnects says the last number it saw. */
export type RunEvent = RunEventBody & { run: string; seq: number; time: string }

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'

export const TERMINAL_EVENTS = ['run.finished', 'run.failed', 'run.cancelled', 'run.interrupted'] as const

export function isTerminalEvent(event: { type: string }): boolean {
  return (TERMINAL_EVENTS as readonly string[]).includes(event.type)
}
