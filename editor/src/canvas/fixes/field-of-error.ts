import type { ErrorReport, NodeDescriptor } from '@beatloom/core'

const FILE_CODES = new Set(['file_missing', 'media_unreadable', 'media_too_large', 'path_refused'])
const MODEL_CODES = new Set(['model_missing', 'model_invalid'])

/** The param that a failure is about: named by the error, or the one that holds what it speaks of. */
export function fieldOfError(error: ErrorReport, descriptor: NodeDescriptor | undefined): string | null {
  const named = error.details?.param
  if (typeof named === 'string') return named
  const holding = (widget: string): string | null =>
    descriptor?.params.find((param) => param.widget === widget)?.name ?? null
  if (FILE_CODES.has(error.code)) return holding('file')
  if (MODEL_CODES.has(error.code)) return holding('model')
  return null
}
