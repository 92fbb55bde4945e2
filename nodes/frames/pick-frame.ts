import { AppError, defineNode, type Frames, type Image, known, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'

export const pickFrame = defineNode({
  type: 'frames.pick',
  version: 1,
  title: 'Pick frame',
  description: 'Takes one frame of a clip as a picture.',
  category: 'Video',
  aliases: ['frames to image', 'frame', 'screenshot', 'grab', 'first frame', 'last frame', 'Einzelbild', '取一帧'],
  phase: 'generate',
  converter: true,
  inputs: { frames: { type: 'FRAMES', title: 'Frames' } },
  outputs: { image: { type: 'IMAGE', title: 'Picture' } },
  params: z.object({
    frame: z
      .int()
      .min(-1_000_000)
      .max(1_000_000)
      .default(0)
      .describe('Which frame: 0 is the first, 1 the next; -1 is the last, -2 the one before.')
      .meta({ title: 'Frame' } satisfies ParamMeta),
  }),
  facts: ({ frames }) => ({ image: known({ width: frames?.width, height: frames?.height }) }),
  async run({ frames }, { frame }, { signal, progress }) {
    const wanted = frame < 0 ? frames.frameCount + frame : frame
    if (wanted < 0 || wanted >= frames.frameCount) throw noSuchFrame(frame, frames)
    return { image: await frameAt(frames, wanted, signal, progress) }
  },
})

async function frameAt(
  frames: Frames,
  wanted: number,
  signal: AbortSignal,
  progress: (step: number, steps: number) => void,
): Promise<Image> {
  let index = 0
  for await (const image of frames.frames(signal)) {
    progress(index + 1, wanted + 1)
    // The producer may use its buffer again, so the picture is a copy.
    if (index++ === wanted) return { ...image, data: image.data.slice() }
  }
  throw new AppError('media_unreadable', `The frames ended early: ${index} of ${frames.frameCount} came.`)
}

function noSuchFrame(frame: number, { frameCount }: Frames): AppError {
  return new AppError(
    'input_invalid',
    `There is no frame ${frame}: the clip has ${frameCount} frames, numbered 0 to ${frameCount - 1}, or -1 to -${frameCount} from its end.`,
    { details: { frame, frameCount } },
  )
}
