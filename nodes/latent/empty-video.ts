import { AppError, defineNode, type ParamMeta } from '@beatloom/core'
import { familyOf } from '@beatloom/models'
import { z } from 'zod'
import { refuseForOtherNode } from './latent-source.ts'
import { framesOf, seconds } from './video-params.ts'

const side = (standard: number, meta: ParamMeta) =>
  z
    .int()
    .min(64)
    .max(2048)
    .multipleOf(16)
    .default(standard)
    .meta({ unit: 'px', step: 16, ...meta } satisfies ParamMeta)

export const emptyVideo = defineNode({
  type: 'latent.empty-video',
  version: 1,
  title: 'Empty video latent',
  description: 'A latent for a video of that size and length, for a sampler to fill from noise and words.',
  category: 'latent',
  aliases: ['EmptyHunyuanLatentVideo', 'text to video', 't2v', 'wan', 'video size', '文生视频', '空视频潜空间'],
  inputs: { model: { type: 'MODEL', title: 'Model' } },
  outputs: { latent: { type: 'LATENT', title: 'Latent' } },
  params: z.object({
    width: side(832, { title: 'Width', widget: 'size', heightParam: 'height' }).describe('Width of the video, pixels'),
    height: side(480, { title: 'Height' }).describe('Height of the video, pixels'),
    seconds,
  }),
  facts: (_inputs, { width, height }) => ({ latent: { width, height } }),
  run({ model }, { width, height, seconds: length }) {
    const family = familyOf(model.family)
    const { video, emptyVideo: empty } = family
    if (!video || !empty) refuseForOtherNode(family)
    for (const pixels of [width, height]) {
      if (pixels % video.multiple === 0) continue
      throw new AppError(
        'input_invalid',
        `Videos of this model have sides in multiples of ${video.multiple} pixels; ${pixels} is none.`,
      )
    }
    return { latent: empty({ width, height }, framesOf(video, length)) }
  },
})
