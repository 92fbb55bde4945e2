import type { Frames, Image } from './values.ts'

/** Frames that a shared pass keeps while its readers are apart. */
const WINDOW_FRAMES = 8
/** How long a reader at the front waits for one behind before it goes on alone. */
const PATIENCE_MS = 2_000

/**
 * One pass over a frame stream for several readers. Readers that keep within a few frames of each other share it;
 * one that comes late or falls behind starts a pass of its own, so no reader can block another for good.
 * @param source the stream; with `readers` = 1 it is handed on as it is.
 */
export function shareFrames(source: Frames, readers: number): Frames {
  if (readers < 2) return source
  let pass: SharedPass | null = null
  return {
    width: source.width,
    height: source.height,
    frameRate: source.frameRate,
    frameCount: source.frameCount,
    async *frames(signal) {
      if (!pass?.canJoin()) pass = new SharedPass(source)
      const shared = pass
      const reader = shared.join()
      try {
        for (let index = 0; ; index++) {
          const step = await shared.read(reader, index, signal)
          if (step === 'done') return
          if (step === 'lost') {
            yield* skip(source.frames(signal), index)
            return
          }
          yield step
        }
      } finally {
        shared.leave(reader)
      }
    },
  }
}

async function* skip(frames: AsyncIterable<Image>, count: number): AsyncGenerator<Image> {
  let index = 0
  for await (const frame of frames) if (index++ >= count) yield frame
}

class SharedPass {
  readonly #source: Frames
  readonly #abort = new AbortController()
  readonly #window = new Map<number, Image>()
  readonly #positions = new Map<symbol, number>()
  #iterator: AsyncIterator<Image> | null = null
  #next = 0
  #ended = false
  #pull: Promise<void> | null = null
  #moved: (() => void)[] = []

  constructor(source: Frames) {
    this.#source = source
  }

  /** Late readers may join while the first frame is still in the window. */
  canJoin(): boolean {
    return !this.#abort.signal.aborted && !this.#ended && (this.#next === 0 || this.#window.has(0))
  }

  join(): symbol {
    const reader = Symbol('reader')
    this.#positions.set(reader, 0)
    return reader
  }

  leave(reader: symbol): void {
    this.#positions.delete(reader)
    this.#notify()
    if (this.#positions.size > 0) return
    this.#abort.abort()
    void this.#iterator?.return?.()
  }

  async read(reader: symbol, index: number, signal: AbortSignal): Promise<Image | 'done' | 'lost'> {
    this.#positions.set(reader, index)
    this.#notify()
    for (;;) {
      signal.throwIfAborted()
      const frame = this.#window.get(index)
      if (frame) return frame
      if (index < this.#next) return 'lost'
      if (this.#ended) return 'done'
      if (!this.#pull) {
        await this.#waitForSlowest(index)
        if (this.#window.has(index) || this.#ended || this.#pull) continue
        this.#pull = this.#advance().finally(() => {
          this.#pull = null
        })
      }
      await this.#pull
    }
  }

  async #advance(): Promise<void> {
    this.#iterator ??= this.#source.frames(this.#abort.signal)[Symbol.asyncIterator]()
    const step = await this.#iterator.next()
    if (step.done) {
      this.#ended = true
      return
    }
    // The producer may reuse its buffer for the next frame, so a kept frame is a copy.
    this.#window.set(this.#next, { ...step.value, data: step.value.data.slice() })
    this.#next++
    for (const index of this.#window.keys()) if (index < this.#next - WINDOW_FRAMES) this.#window.delete(index)
  }

  async #waitForSlowest(index: number): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    while (Math.min(...this.#positions.values()) <= index - WINDOW_FRAMES && Date.now() < deadline) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PATIENCE_MS)
        this.#moved.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  #notify(): void {
    const waiting = this.#moved
    this.#moved = []
    for (const resume of waiting) resume()
  }
}
