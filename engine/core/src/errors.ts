/**
 * Every way Beatloom can refuse or fail. The same code appears in the editor, the log and the command line.
 */
export type ErrorCode =
  | 'workflow_invalid'
  | 'workflow_unreadable'
  | 'workflow_too_new'
  | 'input_invalid'
  | 'usage'
  | 'node_failed'
  | 'model_missing'
  | 'model_invalid'
  | 'model_exists'
  | 'hub_unreachable'
  | 'hub_refused'
  | 'hub_changed'
  | 'provider_failed'
  | 'media_unreadable'
  | 'media_too_large'
  | 'media_write_failed'
  | 'ffmpeg_missing'
  | 'disk_full'
  | 'not_enough_memory'
  | 'not_enough_disk'
  | 'file_missing'
  | 'path_refused'
  | 'not_found'
  | 'method_not_allowed'
  | 'request_invalid'
  | 'request_too_large'
  | 'origin_refused'
  | 'data_folder_busy'
  | 'draft_conflict'
  | 'worker_crashed'
  | 'run_cancelled'
  | 'run_interrupted'
  | 'internal'

/** A failure that a person can act on: a code for programs, one sentence for readers. */
export class AppError extends Error {
  readonly code: ErrorCode
  /** Extra facts for programs, JSON only: which file, which limit, which valid names. */
  readonly details: Record<string, unknown> | undefined
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown; details?: Record<string, unknown> }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.details = options?.details
  }
}

/** A node's failure, naming the node; keeps the code of the cause where it has one. */
export class NodeFailedError extends AppError {
  readonly nodeId: string
  /** The id under which people know it: of a copy in a loop, that of the node it stands for. */
  readonly shownAs: string
  constructor(nodeId: string, nodeTitle: string, cause: unknown, shownAs = nodeId) {
    const code = cause instanceof AppError ? cause.code : 'node_failed'
    super(code, `Node "${shownAs}" (${nodeTitle}) failed: ${reasonOf(cause)}`, { cause })
    this.name = 'NodeFailedError'
    this.nodeId = nodeId
    this.shownAs = shownAs
  }
}

/** Thrown when an AbortSignal ends the work. */
export class CancelledError extends AppError {
  constructor() {
    super('run_cancelled', 'The run was cancelled.')
    this.name = 'CancelledError'
  }
}

export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

/** True for our own cancellation and for the AbortError that platform functions throw. */
export function isCancellation(error: unknown): boolean {
  if (error instanceof CancelledError) return true
  if (error instanceof NodeFailedError) return isCancellation(error.cause)
  return error instanceof Error && error.name === 'AbortError'
}

/** The JSON form of an error: what travels in events, HTTP bodies and `--json` lines. */
export interface ErrorReport {
  code: ErrorCode
  message: string
  node?: string
  details?: Record<string, unknown>
}

export function reportOf(error: unknown): ErrorReport {
  const report: ErrorReport = {
    code: error instanceof AppError ? error.code : 'internal',
    message: reasonOf(error),
  }
  if (error instanceof NodeFailedError) report.node = error.shownAs
  const details = error instanceof AppError ? (error.details ?? detailsOfCause(error)) : undefined
  if (details) report.details = details
  return report
}

function detailsOfCause(error: AppError): Record<string, unknown> | undefined {
  return error.cause instanceof AppError ? error.cause.details : undefined
}
