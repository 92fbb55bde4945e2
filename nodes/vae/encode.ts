import { defineNode, known } from '@beatloom/core'
import { coverCrop } from '@beatloom/media'
import { familyOf } from '@beatloom/models'
import { z } from 'zod'
import { refuseForOtherNode } from '../latent/latent-source.ts'

/** Pictures are cut to sides in multiples of this, evenly on both sides. */
const MULTIPLE = 8
const rounded = (side: number): number => Math.max(MULTIPLE, Math.floor(side / MULTIPLE) * MULTIPLE)

export const vaeEncode = defineNode({
  type: 'vae.encode',
  version: 1,
  title: 'VAE encode',
  description:
    'Turns a picture into a latent, for a sampler to make partly anew. Sides are cut to multiples of 8 pixels.',
  category: 'latent',
  aliases: ['VAEEncode', 'image to latent', 'img2img', 'image to image', '编码', '图生图'],
  phase: 'generate',
  usesDevice: true,
  inputs: { vae: { type: 'VAE', title: 'VAE' }, image: { type: 'IMAGE', title: 'Picture' } },
  outputs: { latent: { type: 'LATENT', title: 'Latent' } },
  params: z.object({}),
  facts: ({ image }) => ({
    latent: known({
      width: image?.width === undefined ? undefined : rounded(image.width),
      height: image?.height === undefined ? undefined : rounded(image.height),
      frameRate: 1,
      frameCount: 1,
      durationSeconds: 1,
    }),
  }),
  async run({ vae, image }, _params, { models, signal }) {
    const family = familyOf(vae.family)
    if (!family.encodeImage) refuseForOtherNode(family)
    const picture = await coverCrop(image, rounded(image.width), rounded(image.height))
    return { latent: await family.encodeImage(models, vae, picture, signal) }
  },
})
