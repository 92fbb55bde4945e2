import { type AudioClip, type Display, isCancellation, type NodeContext, type VideoFile } from '@beatloom/core'
import { joinMp4 } from '@beatloom/media'
import { contentKey } from './content-key.ts'

/** Joining a song's worth of small shots takes about a second; whoever stops the work does not wait much longer. */
const LEAVE_MS = 4_000
/** How often in all the small video is shown anew while shots are finished: each time is a file of its own. */
const TIMES_SHOWN = 4

/** A small video of the whole plan that can be watched at any time: drafts, and in their places the finished shots. */
export class RoughCut {
  readonly #pieces: VideoFile[]
  readonly #audio: AudioClip | undefined
  readonly #context: NodeContext
  #finished = 0
  #shownAt = 0
  #shown: Display | null = null
  /** The drafts are none that finished shots could be joined with. */
  #isGivenUp = false

  constructor(drafts: readonly VideoFile[], audio: AudioClip | undefined, context: NodeContext) {
    this.#pieces = [...drafts]
    this.#audio = audio
    this.#context = context
  }

  /** Puts a finished shot in its draft's place. That this fails is no reason to make no video. */
  async take(index: number, video: VideoFile): Promise<void> {
    if (this.#isGivenUp) return
    try {
      await this.#take(index, video)
    } catch (error) {
      if (isCancellation(error)) throw error
      this.#isGivenUp = true
      this.end()
    }
  }

  /** One that fades in is shorter than its draft, which then stays. */
  async #take(index: number, video: VideoFile): Promise<void> {
    const draft = this.#pieces[index] as VideoFile
    if (video.frameCount !== draft.frameCount || video.frameRate !== draft.frameRate) return
    const nodes = {
      shot: { given: video, type: 'VIDEO' as const, key: contentKey(video) },
      small: {
        type: 'shots.shrink',
        params: { width: draft.width, height: draft.height },
        links: { video: { node: 'shot', port: 'value' } },
      },
    }
    const outputs = { video: { node: 'small', port: 'video' } }
    const { video: small } = await this.#context.subGraphs.run({ nodes, outputs }, `small ${index + 1}`)
    this.#pieces[index] = small as VideoFile
    this.#finished++
    const share = Math.floor((TIMES_SHOWN * this.#finished) / this.#pieces.length)
    if (share <= this.#shownAt || this.#finished === this.#pieces.length) return
    this.#shownAt = share
    await this.#show(this.#context.signal)
  }

  /** Shows what is there as one video with the song, when the work ends early. Nothing that fails here is told. */
  async leave(): Promise<void> {
    if (this.#isGivenUp) return
    try {
      // The run's own signal may be the reason to stop.
      await this.#show(AbortSignal.timeout(LEAVE_MS))
      const text = 'The work was stopped; this small video has the finished shots, and drafts in place of the others.'
      this.#context.display({ kind: 'note', code: 'unfinished', text })
      this.#context.showNow()
    } catch {
      // What stopped the work is what matters, and is thrown on.
    }
  }

  /** All shots are there in full: nobody needs the small video any more. */
  end(): void {
    if (this.#shown) this.#context.withdraw?.(this.#shown)
    this.#shown = null
  }

  async #show(signal: AbortSignal): Promise<void> {
    const { artifacts } = this.#context
    const path = await artifacts.scratch('.mp4')
    const audio = this.#audio
    const joined = await joinMp4({ pieces: this.#pieces, ...(audio ? { audio } : {}), path }, signal)
    const file = await artifacts.adopt(path, 'unfinished.mp4', 'video/mp4')
    const { width, height, frameRate, frameCount, durationSeconds } = joined
    this.end()
    this.#shown = { kind: 'video', file, width, height, frameRate, frameCount, durationSeconds }
    this.#context.display(this.#shown)
    this.#context.showNow()
  }
}
