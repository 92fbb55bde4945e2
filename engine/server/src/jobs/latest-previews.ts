import type { RunEventBody } from '@beatloom/core'
import type { StoredEvent } from '../store/run-store.ts'

/** A moving preview longer than this keeps its first frames only. */
const MAX_FRAMES = 256

/** The newest preview of every node at work, in memory, for those who come to look in the middle of a run. */
export class LatestPreviews {
  readonly #runs = new Map<string, Map<string, (StoredEvent | undefined)[]>>()

  /** @param message the preview as it is sent. */
  keep(run: string, event: RunEventBody & { type: 'node.preview' }, message: StoredEvent): void {
    const count = Math.min(MAX_FRAMES, event.frames ?? 1)
    const place = event.frame ?? 0
    if (place >= count) return
    const nodes = this.#runs.get(run) ?? new Map<string, (StoredEvent | undefined)[]>()
    this.#runs.set(run, nodes)
    const before = nodes.get(event.node)
    const frames = before?.length === count ? before : new Array<StoredEvent | undefined>(count).fill(undefined)
    frames[place] = message
    nodes.set(event.node, frames)
  }

  /** Lets go of what an event makes out of date. */
  follow(run: string, event: RunEventBody): void {
    if (event.type === 'node.finished' || event.type === 'node.failed') this.#runs.get(run)?.delete(event.node)
    else if (event.type.startsWith('run.') && event.type !== 'run.warning') this.#runs.delete(run)
  }

  /** One run's, or everybody's. */
  of(run?: string): StoredEvent[] {
    const found: StoredEvent[] = []
    for (const [id, nodes] of this.#runs) {
      if (run !== undefined && id !== run) continue
      for (const frames of nodes.values()) for (const frame of frames) if (frame) found.push(frame)
    }
    return found
  }
}
