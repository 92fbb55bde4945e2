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

/** Weights, in bytes, from which WebGPU uses buffers of every size again: the networks of Wan2.2. */
const LARGE_BYTES = 5e9

/**
 * WebGPU's usual cache gives buffers above 160 MiB back, and the device frees them long after: the 5B took 24.1 GB for
 * 8,190 tokens, and 27,280 did not fit into 85 GB. `simple` takes 12.1 and 15.4 GB at the same speed (../../BENCHMARKS.md).
 * It keeps one set of buffers for each size of video, without bound, so that small networks stay with the usual one.
 * By the runtime's sources, sessions that are loaded at the same time share the cache of the first.
 */
const LARGE_WEBGPU: InferenceSession.ExecutionProviderConfig[] = [
  { name: 'webgpu', storageBufferCacheMode: 'simple' },
  'cpu',
]

/**
 * How sessions are made; the same wherever a provider is measured and wherever it is used.
 * @param sizeBytes of the graph and its data.
 */
export function sessionOptions(
  provider: ProviderName,
  threads: number,
  sizeBytes = 0,
): InferenceSession.SessionOptions {
  return {
    executionProviders: provider === 'webgpu' && sizeBytes >= LARGE_BYTES ? LARGE_WEBGPU : FALLING_BACK[provider],
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
