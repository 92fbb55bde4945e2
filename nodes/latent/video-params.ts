import type { ParamMeta } from '@beatloom/core'
import { AppError } from '@beatloom/core'
import { familyOf, type PipelineFamily, type VideoFormat } from '@beatloom/models'
import { z } from 'zod'

export const seconds = z
  .number()
  .min(0)
  .max(60)
  .default(5)
  .describe('Length of the video; it is rounded to what the model can make. 0: one picture.')
  .meta({ unit: 's', step: 0.5, title: 'Length' } satisfies ParamMeta)

/** A family that makes videos of any size and length, and what they are like. */
export function videoFamily(name: string): PipelineFamily & { video: VideoFormat } {
  const family = familyOf(name)
  if (family.video) return family as PipelineFamily & { video: VideoFormat }
  throw new AppError(
    'input_invalid',
    `Models of the kind "${name}" do not make videos this way; the pocket model's latents come from "Song video latent".`,
  )
}

/** Frames of a clip of that length, as near as the model comes. */
export const framesOf = ({ frameRate, wholeFrames }: VideoFormat, length: number): number =>
  wholeFrames(Math.round(length * frameRate))
