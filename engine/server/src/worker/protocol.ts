import type { ErrorReport, FactsByPort, InstalledModel, Rehearsal, RunEventBody } from '@beatloom/core'
import type { ProviderReport } from '@beatloom/models'
import type { RunRequest } from '../store/run-record.ts'
import type { ResultQuestion } from './result-facts.ts'

/** Things a worker answers while it runs jobs. */
export interface Questions {
  /** Which of these keys are in the result cache. */
  cached: { ask: { keys: string[] }; answer: string[] }
  /** What cached results say of themselves, by key; large ones are left out. */
  facts: { ask: { results: ResultQuestion[] }; answer: Record<string, FactsByPort> }
  /** Which rounds of its loops a run would make; says nothing of loops where that is not known without work. */
  rehearse: { ask: { workflow: string; request: RunRequest }; answer: Record<string, Rehearsal> }
  /** Hash of a model with the provider and runtime it runs on. */
  fingerprint: { ask: { name: string }; answer: string }
  /** What models and providers there are, for people to see. */
  models: { ask: Record<string, never>; answer: InstalledModel[] }
  providers: { ask: Record<string, never>; answer: ProviderReport[] }
}

export type QuestionKind = keyof Questions

export interface Job {
  run: string
  /** JSON of a parsed workflow: text crosses between processes several times faster than objects. */
  workflow: string
  request: RunRequest
}

export type ToWorker =
  /** This job is likely to come next: the worker checks it while the server does. */
  | { type: 'expect'; job: Job }
  | { type: 'forget'; run: string }
  | { type: 'run'; job: Job }
  /** Runs the job that was expected, whose workflow need not cross again. */
  | { type: 'run-expected'; run: string }
  | { type: 'cancel'; run: string }
  | { type: 'ask'; id: number; kind: QuestionKind; ask: unknown }
  | { type: 'close' }

export type FromWorker =
  | { type: 'ready' }
  | { type: 'events'; run: string; events: RunEventBody[] }
  | { type: 'ended'; run: string }
  | { type: 'answer'; id: number; value?: unknown; error?: ErrorReport }
