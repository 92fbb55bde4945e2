import type { ParamMeta } from '@beatloom/core'
import type { VideoFormat } from '@beatloom/models'
import { z } from 'zod'

export const seconds = z
  .number()
  .min(0)
  .max(60)
  .default(5)
  .describe('Length of the video; it is rounded to what the model can make. 0: one picture.')
  .meta({ unit: 's', step: 0.5, title: 'Length' } satisfies ParamMeta)

/** Frames of a clip of that length, as near as the model comes. */
export const framesOf = ({ frameRate, wholeFrames }: VideoFormat, length: number): number =>
  wholeFrames(Math.round(length * frameRate))
