import type { InferenceSession } from 'onnxruntime-node'
import type { ProviderName } from './protocol.ts'

/** What a provider cannot run goes to the next. */
const FALLING_BACK: Record<ProviderName, string[]> = {
  cpu: ['cpu'],
  cuda: ['cuda', 'cpu'],
  webgpu: ['webgpu', 'cpu'],
  tensorrt: ['tensorrt', 'cuda', 'cpu'],
  coreml: ['coreml', 'cpu'],
  dml: ['dml', 'cpu'],
}

/** How sessions are made; the same wherever a provider is measured and wherever it is used. */
export function sessionOptions(provider: ProviderName, threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: FALLING_BACK[provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // Of the four ways, the arena without planned patterns keeps a pocket expert smallest: 216 MB resident against
    // 292 MB with patterns and 418 MB with neither, at the same speed (T = 82, 2 threads, 2026-11-22).
    enableCpuMemArena: true,
    enableMemPattern: false,
    logSeverityLevel: 4,
  }
}
