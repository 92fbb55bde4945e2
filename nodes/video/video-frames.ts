import {
  AppError,
  CancelledError,
  clipFacts,
  defineNode,
  type Frames,
  type Image,
  type VideoFile,
} from '@beatloom/core'
import { readVideoFrames } from '@beatloom/media'
import { z } from 'zod'
import { clipMegapixels, megapixels } from '../clip-pixels.ts'

export const videoFrames = defineNode({
  type: 'video.frames',
  version: 1,
  title: 'Video to frames',
  description: 'Reads the pictures of a video file, one at a time, at its own size and frame rate.',
  category: 'Video',
  aliases: [
    'decode video',
    'extract frames',
    'split',
    'Video zu Bildern',
    'vidéo en images',
    '動画をフレームに',
    '视频转画面',
  ],
  phase: 'generate',
  converter: true,
  inputs: { video: { type: 'VIDEO', title: 'Video' } },
  outputs: { frames: { type: 'FRAMES', title: 'Frames' } },
  params: z.object({}),
  facts: ({ video }) => ({ frames: video && clipFacts({ ...video, hasAudio: undefined } as typeof video) }),
  cost(_params, { video }) {
    const pixels = clipMegapixels(video)
    return pixels === null ? null : { work: 0.2 + 0.008 * pixels, memoryBytes: 60e6 + 30e6 * (megapixels(video) ?? 1) }
  },
  run: ({ video }) => ({ frames: framesOf(video) }),
})

/** Exactly as many frames as the video says: a last one is held, or left out, where the file's clock is uneven. */
export function framesOf({ file, width, height, frameRate, frameCount }: VideoFile): Frames {
  return {
    width,
    height,
    frameRate,
    frameCount,
    async *frames(signal) {
      if (signal.aborted) throw new CancelledError()
      let last: Image | null = null
      let count = 0
      for await (const frame of readVideoFrames(file.path, { width, height, frameRate }, signal)) {
        if (count++ === frameCount) break
        last = frame
        yield frame
      }
      if (!last) throw new AppError('media_unreadable', `"${file.name}" has no pictures in it. Choose another file.`)
      for (; count < frameCount; count++) {
        if (signal.aborted) throw new CancelledError()
        yield last
      }
    },
  }
}
