import type { NodeContext, ShotClip, Shots } from '@beatloom/core'

/** The list of shots is told anew at most so often, ms, and not many more times in all: it may be a thousand long. */
const TELL_MS = 500
const MOST_TOLD = 50

/** The list of shots as people see it, told while it changes. */
export class ShotBoard {
  readonly #clips: ShotClip[]
  readonly #context: NodeContext
  readonly #wantedCount: number
  #toldAt = Number.NEGATIVE_INFINITY
  #changes = 0

  /** @param wantedCount how many of them will be made. */
  constructor({ shots }: Shots, wantedCount: number, context: NodeContext) {
    this.#wantedCount = wantedCount
    this.#clips = shots.map(({ startSeconds, endSeconds }) => ({ startSeconds, endSeconds, state: 'waiting' }))
    this.#context = context
    context.display({ kind: 'shot-clips', clips: this.#clips })
    this.tell()
  }

  set(index: number, change: Partial<ShotClip>): void {
    this.#clips[index] = { ...(this.#clips[index] as ShotClip), ...change }
    // Each shot changes twice: it begins, and it ends.
    const isWorthTelling = ++this.#changes >= (2 * this.#wantedCount) / MOST_TOLD
    if (isWorthTelling && performance.now() - this.#toldAt >= TELL_MS) this.tell()
  }

  tell(): void {
    this.#toldAt = performance.now()
    this.#changes = 0
    this.#context.showNow()
  }
}
