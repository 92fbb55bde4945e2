import { useEffect, useMemo, useRef, useState } from 'react'
import type { Asset } from '../api/types.ts'
import type { MediaKind } from './check-media.ts'
import { createMediaTask, type MediaState, type MediaTask } from './media-task.ts'
import { setSending } from './page-store.ts'

export interface Media extends Omit<MediaTask, 'take' | 'retry'> {
  state: MediaState
  take(file: File | undefined): void
  /** Goes on where a broken upload stopped. */
  retry(): void
}

/** Checks a file before it is sent, sends it, and stays with the file chosen last. */
export function useMedia(input: string, kind: MediaKind, onReady: (asset: Asset) => void): Media {
  const [state, setState] = useState<MediaState>({ kind: 'idle' })
  const ready = useRef(onReady)
  ready.current = onReady
  useEffect(() => () => setSending(input, null), [input])
  const task = useMemo(
    () =>
      createMediaTask(kind, {
        show(next) {
          setState(next)
          setSending(input, next.kind === 'working' ? (next.share ?? 0) : null)
        },
        onReady: (asset) => ready.current(asset),
      }),
    [input, kind],
  )
  return mediaOf(task, state)
}

/** A task with its state, as the notes on it want them. */
export const mediaOf = (task: MediaTask, state: MediaState): Media => ({
  ...task,
  state,
  take(file) {
    if (file) void task.take(file)
  },
  retry() {
    if (state.kind === 'failed') task.retry(state.file)
  },
})
