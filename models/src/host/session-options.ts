import type { InferenceSession } from 'onnxruntime-node'
import type { ProviderName } from './protocol.ts'

/** How sessions are made; the same wherever a provider is measured and wherever it is used. */
export function sessionOptions(provider: ProviderName, threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // With the arena and planned patterns a pocket expert peaked at 731 MB, without at 418 MB, no slower.
    enableCpuMemArena: false,
    enableMemPattern: false,
    logSeverityLevel: 4,
  }
}
