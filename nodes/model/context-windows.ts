import { AppError, defineNode, type ParamMeta } from '@beatloom/core'
import { familyOf } from '@beatloom/models'
import { z } from 'zod'

/** A latent frame after the first stands for so many frames. */
const FRAMES_PER_LATENT = 4

export const contextWindows = defineNode({
  type: 'model.context-windows',
  version: 2,
  title: 'Context windows',
  description:
    'Lets a video model make longer videos than it was taught: it is shown one stretch after the other, and where they overlap the mean is taken. Takes as much longer as there are stretches. Before the expert switch it holds for the expert on its line, behind it for both.',
  category: 'model',
  aliases: ['WanContextWindowsManual', 'long video', 'sliding window', 'context', '长视频', '上下文窗口'],
  inputs: { model: { type: 'MODEL', title: 'Model' } },
  outputs: { model: { type: 'MODEL', title: 'Model' } },
  passThrough: { model: 'model' },
  params: z.object({
    length: z
      .int()
      .min(5)
      .max(401)
      .default(81)
      .describe('Frames of a stretch; 81 is what Wan was taught.')
      .meta({ title: 'Length' } satisfies ParamMeta),
    overlap: z
      .int()
      .min(0)
      .max(200)
      .default(30)
      .describe('Frames that neighbours share; more goes over more smoothly and takes longer.')
      .meta({ title: 'Overlap' } satisfies ParamMeta),
  }),
  check: ({ length, overlap }) =>
    overlap < length
      ? []
      : [{ param: 'overlap', message: `The overlap has to be shorter than the length, ${length} frames.` }],
  run({ model }, { length, overlap }) {
    if (!familyOf(model.family).video || familyOf(model.family).clips) {
      throw new AppError(
        'input_invalid',
        `Models of the kind "${model.family}" need no windows: they make whole videos, or go on clip by clip.`,
      )
    }
    const latents = (frames: number): number => Math.floor((frames - 1) / FRAMES_PER_LATENT) + 1
    const windows = { length: latents(length), overlap: latents(overlap) }
    return { model: { ...model, experts: model.experts.map((expert) => ({ ...expert, windows })) } }
  },
})
