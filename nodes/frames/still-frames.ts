import { AppError, CancelledError, clipFacts, defineNode, type Image, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'
import { toRgb } from '../image/to-rgb.ts'
import { frameRateParam } from './frame-rate-param.ts'

export const stillFrames = defineNode({
  type: 'frames.still',
  version: 1,
  title: 'Hold picture',
  description: 'Shows one picture for some seconds as frames. An odd side loses its last row or column of pixels.',
  category: 'Video',
  aliases: ['image to frames', 'still', 'freeze', 'repeat', 'Standbild', 'image fixe', '静止画', '静止画面'],
  phase: 'generate',
  converter: true,
  inputs: { image: { type: 'IMAGE', title: 'Picture' } },
  outputs: { frames: { type: 'FRAMES', title: 'Frames' } },
  params: z.object({
    seconds: z
      .number()
      .gt(0)
      .max(3600)
      .default(3)
      .describe('How long the picture is shown.')
      .meta({ title: 'Length', unit: 's' } satisfies ParamMeta),
    frameRate: frameRateParam(),
  }),
  facts: ({ image }, { seconds, frameRate }) => ({
    frames: clipFacts({ ...evenSides(image), frameRate, durationSeconds: seconds }),
  }),
  run({ image }, { seconds, frameRate }) {
    const still = evenPicture(toRgb(image))
    const frameCount = Math.max(1, Math.round(seconds * frameRate))
    return {
      frames: {
        width: still.width,
        height: still.height,
        frameRate,
        frameCount,
        async *frames(signal) {
          for (let frame = 0; frame < frameCount; frame++) {
            if (signal.aborted) throw new CancelledError()
            yield still
          }
        },
      },
    }
  },
})

const even = (side: number): number => side - (side % 2)

function evenSides(size: { width?: number; height?: number } = {}): { width?: number; height?: number } {
  const { width, height } = size
  return width === undefined || height === undefined ? {} : { width: even(width), height: even(height) }
}

/** H.264 wants even sides for its halved colour planes, so an odd last row or column is left out. */
function evenPicture(image: Image): Image {
  const width = even(image.width)
  const height = even(image.height)
  if (width === image.width && height === image.height) return image
  if (width === 0 || height === 0)
    throw new AppError('input_invalid', 'The picture is less than 2 pixels wide or high.')
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const from = y * image.width * 3
    data.set(image.data.subarray(from, from + width * 3), y * width * 3)
  }
  return { width, height, channels: 3, data }
}
