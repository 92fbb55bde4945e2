import type { Issue, RunEventBody, Workflow } from '@beatloom/core'
import type { Engine } from '../engine.ts'
import type { Plan } from '../quote/planner.ts'
import type { PublicFile, RunRequest } from '../store/run-record.ts'

export type TargetEvent = RunEventBody & { run: string; seq: number }

/** Where a command's work is done: in this process's own engine, or in a server that already has the data folder. */
export interface RunTarget {
  /** Brings a file of this machine in. @returns its reference. */
  importFile(path: string): Promise<string>
  validate(workflow: Workflow, request: RunRequest): Promise<Issue[]>
  plan(workflow: Workflow, request: RunRequest): Promise<Plan>
  /** @throws {AppError} `workflow_invalid`, or the code of the quote's refusal unless it is to be tried anyway. */
  submit(workflow: Workflow, request: RunRequest & { tryAnyway?: boolean }): Promise<{ run: string; warnings: Issue[] }>
  /** All events of a run up to its last one. */
  events(run: string): AsyncIterable<TargetEvent>
  cancel(run: string): Promise<void>
  models(): ReturnType<Engine['models']>
  /** Copies a file that a run made to a path of this machine. */
  fetchFile(file: PublicFile, path: string): Promise<void>
  /** Where the file lies by itself. */
  pathOf(file: PublicFile): string
  /** Ends at once whatever it takes. */
  abandon(): void
  close(): Promise<void>
}
