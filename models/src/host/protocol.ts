import type { ErrorCode, PortFacts, TensorData } from '@beatloom/core'

/** Where a graph runs. */
export type ProviderName = 'cpu' | 'cuda' | 'webgpu'

export interface SessionSpec {
  /** The graph file. */
  path: string
  /** What people call it: `pocket/transformer`. */
  label: string
  provider: ProviderName
  /** Size of the graph and its data, for the memory budget. */
  sizeBytes: number
}

export interface ThreadOptions {
  threads: number
  memoryBudgetBytes: number
}

export type ThreadRequest =
  | { kind: 'run'; session: SessionSpec; inputs: Record<string, TensorData> }
  | { kind: 'describe'; session: SessionSpec }
  | { kind: 'release'; path: string }
  | { kind: 'release-all' }
  | { kind: 'resident' }
  | { kind: 'close' }

export interface GraphFacts {
  inputs: PortFacts[]
  outputs: PortFacts[]
}

export type ThreadReply =
  | { ok: true; value: unknown }
  | { ok: false; code: ErrorCode; message: string; details?: Record<string, unknown> }
