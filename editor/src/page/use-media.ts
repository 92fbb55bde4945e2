import { useEffect, useRef, useState } from 'react'
import type { ApiError } from '../api/client.ts'
import type { Asset } from '../api/types.ts'
import { sendFile } from '../api/upload.ts'
import { checkMedia, type Finding, type MediaKind } from './check-media.ts'
import { setSending } from './page-store.ts'

/** A chosen file on its way: looked at, refused with a way out, sent, or held up by a broken connection. */
export type MediaState =
  | { kind: 'idle' }
  | { kind: 'working'; file: File; share: number | null }
  | { kind: 'refused'; file: File; finding: Finding }
  /** The server took it for something else, or the browser could not redraw it. */
  | { kind: 'wrong'; file: File; reason: 'type' | 'redraw' }
  | { kind: 'failed'; file: File; error: ApiError }

export interface Media {
  state: MediaState
  take(file: File | undefined): void
  /** Writes a picture anew as a JPG of this longer side, and sends that. */
  redraw(file: File, longestSide: number): void
  /** Goes on where a broken upload stopped. */
  retry(): void
  dismiss(): void
}

/** Checks a file before it is sent, sends it, and stays with the file chosen last. */
export function useMedia(input: string, kind: MediaKind, onReady: (asset: Asset) => void): Media {
  const [state, setState] = useState<MediaState>({ kind: 'idle' })
  const turn = useRef(0)
  useEffect(() => () => setSending(input, null), [input])

  async function begin(file: File, prepare: () => Promise<File | Finding>): Promise<void> {
    const mine = ++turn.current
    const show = (next: MediaState) => {
      if (mine !== turn.current) return
      setState(next)
      setSending(input, next.kind === 'working' ? (next.share ?? 0) : null)
    }
    show({ kind: 'working', file, share: null })
    try {
      const ready = await prepare()
      if (!(ready instanceof File)) return show({ kind: 'refused', file, finding: ready })
      await send(ready, show, () => mine === turn.current)
    } catch {
      show({ kind: 'wrong', file, reason: 'redraw' })
    }
  }

  async function send(file: File, show: (next: MediaState) => void, isCurrent: () => boolean): Promise<void> {
    show({ kind: 'working', file, share: 0 })
    try {
      const asset = await sendFile(file, (share) => show({ kind: 'working', file, share }))
      if (!isCurrent()) return
      // A recording may come in a container that could hold pictures too.
      if (asset.kind !== kind) return show({ kind: 'wrong', file, reason: 'type' })
      onReady(asset)
      show({ kind: 'idle' })
    } catch (error) {
      show({ kind: 'failed', file, error: error as ApiError })
    }
  }

  return {
    state,
    take(file) {
      if (file) void begin(file, async () => (await checkMedia(file, kind)) ?? file)
    },
    redraw(file, longestSide) {
      void begin(file, async () => {
        const { redrawPicture } = await import('./redraw-picture.ts')
        return redrawPicture(file, longestSide)
      })
    },
    retry() {
      if (state.kind === 'failed') void begin(state.file, () => Promise.resolve(state.file))
    },
    dismiss() {
      turn.current++
      setState({ kind: 'idle' })
      setSending(input, null)
    },
  }
}
