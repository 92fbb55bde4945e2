import { AppError, CancelledError, defineNode, type Frames, type VideoFile } from '@beatloom/core'
import { readVideoFrames, writeMp4 } from '@beatloom/media'
import { z } from 'zod'
import { clipMegapixels, megapixels } from '../clip-pixels.ts'
import { rateFactorParam } from '../video/rate-factor-param.ts'

export const fadeShots = defineNode({
  type: 'shots.fade',
  version: 1,
  title: 'Fade shots',
  description: 'Blends the tail of one shot with the head of the next, so that one fades into the other.',
  category: 'shots',
  aliases: ['crossfade', 'dissolve', 'transition', '淡入淡出', '转场'],
  phase: 'encode',
  inputs: { from: { type: 'VIDEO', title: 'From' }, to: { type: 'VIDEO', title: 'To' } },
  outputs: { video: { type: 'VIDEO', title: 'Video' } },
  params: z.object({
    quality: rateFactorParam(),
  }),
  facts: ({ from }) => ({ video: { ...from, hasAudio: false } }),
  cost(_params, { from }) {
    const pixels = clipMegapixels(from)
    if (pixels === null) return null
    return {
      work: 0.3 + 0.03 * pixels,
      memoryBytes: 60e6 + 200e6 * (megapixels(from) ?? 1),
      diskBytes: 20e3 + 20e3 * pixels,
    }
  },
  async run({ from, to }, { quality }, { signal, progress, artifacts }) {
    signal.throwIfAborted()
    const isAlike =
      from.width === to.width &&
      from.height === to.height &&
      from.frameRate === to.frameRate &&
      from.frameCount === to.frameCount
    if (!isAlike) throw new AppError('input_invalid', 'The two clips to blend differ in size, rate or length.')
    const path = await artifacts.scratch('.mp4')
    const facts = await writeMp4({ frames: blended(from, to), path, quality, onProgress: progress }, signal)
    return { video: { file: await artifacts.adopt(path, 'fade.mp4', 'video/mp4'), ...facts } }
  },
})

/** Frame `n` of `count` shows (n + 1) / (count + 1) of the second clip, so that neither end repeats a neighbour. */
function blended(from: VideoFile, to: VideoFile): Frames {
  const { width, height, frameRate, frameCount } = from
  return {
    ...{ width, height, frameRate, frameCount },
    async *frames(signal) {
      const next = readVideoFrames(to.file.path, {}, signal)
      try {
        let index = 0
        for await (const frame of readVideoFrames(from.file.path, {}, signal)) {
          if (signal.aborted) throw new CancelledError()
          const other = await next.next()
          if (other.done) return
          const weight = Math.round((256 * ++index) / (frameCount + 1))
          const { data } = frame
          for (let i = 0; i < data.length; i++) {
            data[i] = ((data[i] as number) * (256 - weight) + (other.value.data[i] as number) * weight + 128) >> 8
          }
          yield frame
        }
      } finally {
        await next.return()
      }
    },
  }
}
