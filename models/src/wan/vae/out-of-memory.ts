import { AppError } from '@beatloom/core'

/** What the host says when a provider's memory, or the machine's, was not enough. */
export const isOutOfMemory = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'not_enough_memory'
