import type { ApiError } from '../api/client.ts'
import type { Asset } from '../api/types.ts'
import { sendFile } from '../api/upload.ts'
import { checkMedia, type Finding, type MediaKind } from './check-media.ts'

/** A chosen file on its way: looked at, refused with a way out, sent, or held up by a broken connection. */
export type MediaState =
  | { kind: 'idle' }
  | { kind: 'working'; file: File; share: number | null }
  | { kind: 'refused'; file: File; finding: Finding }
  /** The server took it for something else, or the browser could not redraw it. */
  | { kind: 'wrong'; file: File; reason: 'type' | 'redraw' }
  | { kind: 'failed'; file: File; error: ApiError }

export interface MediaTask {
  take(file: File): Promise<void>
  /** Writes a picture anew as a JPG of this longer side, and sends that. */
  redraw(file: File, longestSide: number): void
  /** Sends a file that broke off, from where it stopped. */
  retry(file: File): void
  dismiss(): void
}

/** Checks a file before it is sent and sends it; of several taken one after another it stays with the last. */
export function createMediaTask(
  kind: MediaKind,
  { show, onReady }: { show(state: MediaState): void; onReady(asset: Asset): void },
): MediaTask {
  let turn = 0

  async function begin(file: File, prepare: () => Promise<File | Finding>): Promise<void> {
    const mine = ++turn
    const isCurrent = () => mine === turn
    const tell = (state: MediaState) => {
      if (isCurrent()) show(state)
    }
    tell({ kind: 'working', file, share: null })
    try {
      const ready = await prepare()
      if (!(ready instanceof File)) return tell({ kind: 'refused', file, finding: ready })
      await send(ready, tell, isCurrent)
    } catch {
      tell({ kind: 'wrong', file, reason: 'redraw' })
    }
  }

  async function send(file: File, tell: (state: MediaState) => void, isCurrent: () => boolean): Promise<void> {
    tell({ kind: 'working', file, share: 0 })
    try {
      const asset = await sendFile(file, (share) => tell({ kind: 'working', file, share }))
      if (!isCurrent()) return
      // A recording may come in a container that could hold pictures too.
      if (asset.kind !== kind) return tell({ kind: 'wrong', file, reason: 'type' })
      onReady(asset)
      tell({ kind: 'idle' })
    } catch (error) {
      tell({ kind: 'failed', file, error: error as ApiError })
    }
  }

  return {
    take: (file) => begin(file, async () => (await checkMedia(file, kind)) ?? file),
    redraw(file, longestSide) {
      void begin(file, async () => {
        const { redrawPicture } = await import('./redraw-picture.ts')
        return redrawPicture(file, longestSide)
      })
    },
    retry: (file) => void begin(file, () => Promise.resolve(file)),
    dismiss() {
      turn++
      show({ kind: 'idle' })
    },
  }
}
