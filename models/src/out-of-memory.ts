import { AppError } from '@beatloom/core'

/**
 * What the host says when a provider's memory, or the machine's, was not enough. Weights that are larger than it name
 * their size: smaller tiles would not help.
 */
export const isOutOfMemory = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'not_enough_memory' && error.details?.['sizeBytes'] === undefined
