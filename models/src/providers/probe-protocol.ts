import type { TensorData } from '@beatloom/core'
import type { ProviderName } from '../host/protocol.ts'

/** What the probe process is asked to load and time. */
export interface ProbeRequest {
  provider: ProviderName
  graphPath: string
  inputs: Record<string, TensorData>
  threads: number
  /** Timed runs after one to warm up; the fastest counts. */
  runs: number
}

export type ProbeResult =
  | { ok: true; seconds: number; cpuSeconds: number; difference: number }
  | { ok: false; reason: string }
