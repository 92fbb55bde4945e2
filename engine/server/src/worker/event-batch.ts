import { isTerminalEvent, type RunEventBody } from '@beatloom/core'

/** Long enough to gather a burst, short enough to look immediate. */
const DELAY_MS = 8
const MAX_EVENTS = 512
/** Previews are for eyes: this many milliseconds apart for each node. */
const PREVIEW_GAP_MS = 120

/** Gathers a run's events into few messages; of the previews it keeps only what an eye can follow. */
export class EventBatch {
  readonly #send: (events: RunEventBody[]) => void
  readonly #previewAt = new Map<string, number>()
  #events: RunEventBody[] = []
  #timer: NodeJS.Timeout | null = null

  constructor(send: (events: RunEventBody[]) => void) {
    this.#send = send
  }

  add(event: RunEventBody): void {
    if (event.type === 'node.preview' && !this.#wantsPreview(event.node)) return
    this.#events.push(event)
    // The plan of a large workflow is a long message: the server stores it while the first nodes run here.
    const urgent = event.type === 'run.started' || isTerminalEvent(event)
    if (urgent || this.#events.length >= MAX_EVENTS) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), DELAY_MS)
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#events.length === 0) return
    const events = this.#events
    this.#events = []
    this.#send(events)
  }

  #wantsPreview(node: string): boolean {
    const now = performance.now()
    if (now - (this.#previewAt.get(node) ?? Number.NEGATIVE_INFINITY) < PREVIEW_GAP_MS) return false
    this.#previewAt.set(node, now)
    return true
  }
}
