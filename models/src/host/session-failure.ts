import { AppError } from '@beatloom/core/errors'
import type { SessionSpec } from './protocol.ts'

/** What runtimes and their providers say when memory was not enough. */
const OUT_OF_MEMORY = /out of memory|failed to allocate|bad_alloc|allocation failed|E_OUTOFMEMORY/i

/** WebGPU only logs that an allocation failed, and throws when the buffer that it was for is used. */
const MISSING_BUFFER = /Invalid Buffer.*due to a previous error/s

/** Whether the runtime's own words mean that memory was not enough. */
export const saysOutOfMemory = (reason: string): boolean => OUT_OF_MEMORY.test(reason) || MISSING_BUFFER.test(reason)

/**
 * The error for a graph that could not be loaded or run. Another provider does not help where memory is short, so that
 * it has a code of its own.
 * @param reason the runtime's own words.
 * @param sentence for the user, with the reason; replaced where the reason does not say that it was memory.
 */
export function failure({ label, provider }: SessionSpec, reason: string, sentence: string): AppError {
  if (MISSING_BUFFER.test(reason)) {
    return new AppError('not_enough_memory', `${label} needs more memory than ${provider} has free.`)
  }
  if (OUT_OF_MEMORY.test(reason)) return new AppError('not_enough_memory', sentence)
  return new AppError(provider === 'cpu' ? 'model_invalid' : 'provider_failed', sentence)
}
