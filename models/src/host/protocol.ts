import type { ErrorCode, RunOptions, TensorData } from '@beatloom/core'

/** Where a graph runs. */
export const PROVIDERS = ['cpu', 'cuda', 'webgpu', 'tensorrt', 'coreml', 'dml'] as const
export type ProviderName = (typeof PROVIDERS)[number]

export interface SessionSpec {
  /** The graph file. */
  path: string
  /** What people call it: `pocket/transformer`. */
  label: string
  provider: ProviderName
  /** Size of the graph and its data, for the memory budget. */
  sizeBytes: number
  /** Sizes that may be loaded at once where it runs. */
  budgetBytes: number
}

export interface ThreadOptions {
  threads: number
}

/** Inputs that stay the same over many calls of a graph, and so are kept where it runs. */
export interface KeptInputs {
  /** Equal keys stand for equal tensors. */
  key: string
  /** Tensors in buffers of their own, which are handed over. @throws {AppError} `run_cancelled` */
  load(signal: AbortSignal): Promise<Record<string, TensorData>>
}

/** What tensors take in memory. */
export const bytesOf = (tensors: Record<string, TensorData>): number =>
  Object.values(tensors).reduce((sum, { data }) => sum + data.byteLength, 0)

export type ThreadRequest =
  /** `kept` without its inputs names what an earlier call brought; the answer is null when that is not there any more. */
  | {
      kind: 'run'
      session: SessionSpec
      inputs: Record<string, TensorData>
      kept?: { key: string; inputs?: Record<string, TensorData> }
      options?: RunOptions
    }
  | { kind: 'forget'; carryId: string }
  | { kind: 'describe'; session: SessionSpec }
  | { kind: 'release'; path: string }
  | { kind: 'release-all' }
  | { kind: 'resident' }
  | { kind: 'close' }

export type ThreadReply =
  | { ok: true; value: unknown }
  | { ok: false; code: ErrorCode; message: string; details?: Record<string, unknown> }
