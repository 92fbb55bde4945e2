import { defineNode, type ParamMeta } from '@beatloom/core'
import { familyOf } from '@beatloom/models'
import { z } from 'zod'
import { refuseForOtherNode } from './latent-source.ts'

const side = (meta: ParamMeta) =>
  z
    .int()
    .min(64)
    .max(4096)
    .multipleOf(8)
    .default(512)
    .meta({ unit: 'px', step: 8, ...meta } satisfies ParamMeta)

export const emptyLatent = defineNode({
  type: 'latent.empty',
  version: 1,
  title: 'Empty latent',
  description: 'A latent for a picture of that size, for a sampler to fill from noise.',
  category: 'latent',
  aliases: ['EmptyLatentImage', 'empty latent image', 'picture size', '空潜空间', '空白潜空间'],
  inputs: { model: { type: 'MODEL', title: 'Model' } },
  outputs: { latent: { type: 'LATENT', title: 'Latent' } },
  params: z.object({
    width: side({ title: 'Width', widget: 'size', heightParam: 'height' }).describe('Width of the picture, pixels'),
    height: side({ title: 'Height' }).describe('Height of the picture, pixels'),
  }),
  facts: (_inputs, { width, height }) => ({
    latent: { width, height, frameRate: 1, frameCount: 1, durationSeconds: 1 },
  }),
  run({ model }, { width, height }) {
    const family = familyOf(model.family)
    if (!family.emptyLatent) refuseForOtherNode(family)
    return { latent: family.emptyLatent(width, height) }
  },
})
