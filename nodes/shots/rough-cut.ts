import type { AudioClip, NodeContext, VideoFile } from '@beatloom/core'
import { joinMp4 } from '@beatloom/media'
import { showVideo } from '../video/show-video.ts'
import { contentKey } from './content-key.ts'

/** Joining a song's worth of small shots takes about a second; whoever stops the work does not wait much longer. */
const LEAVE_MS = 4_000

/** A small video of the whole plan that can be watched at any time: drafts, and in their places the finished shots. */
export class RoughCut {
  readonly #pieces: VideoFile[]
  readonly #audio: AudioClip | undefined
  readonly #context: NodeContext

  constructor(drafts: readonly VideoFile[], audio: AudioClip | undefined, context: NodeContext) {
    this.#pieces = [...drafts]
    this.#audio = audio
    this.#context = context
  }

  /** Puts a finished shot in its draft's place. One that fades in is shorter than its draft, which then stays. */
  async take(index: number, video: VideoFile): Promise<void> {
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
  }

  /** Shows what is there as one video with the song, when the work ends early. Nothing that fails here is told. */
  async leave(): Promise<void> {
    const { artifacts } = this.#context
    try {
      // The run's own signal may be the reason to stop.
      const signal = AbortSignal.timeout(LEAVE_MS)
      const path = await artifacts.scratch('.mp4')
      const audio = this.#audio
      const { sound: _, ...facts } = await joinMp4({ pieces: this.#pieces, ...(audio ? { audio } : {}), path }, signal)
      const file = await artifacts.adopt(path, 'unfinished.mp4', 'video/mp4')
      showVideo({ file, ...facts }, this.#context)
      const text = 'The work was stopped; this small video has the finished shots, and drafts in place of the others.'
      this.#context.display({ kind: 'note', code: 'unfinished', text })
      this.#context.showNow()
    } catch {
      // What stopped the work is what matters, and is thrown on.
    }
  }
}
