import { AppError, defineNode, type ParamMeta } from '@beatloom/core'
import { coverCrop } from '@beatloom/media'
import { familyOf } from '@beatloom/models'
import { z } from 'zod'
import { refuseForOtherNode } from './latent-source.ts'
import { framesOf, seconds } from './video-params.ts'

export const pictureVideo = defineNode({
  type: 'latent.picture-video',
  version: 1,
  title: 'Picture to video latent',
  description: 'Prepares a video that begins with a picture, and may end with another, in the shape of the first.',
  category: 'latent',
  aliases: ['WanImageToVideo', 'image to video', 'i2v', 'ti2v', 'first frame', 'last frame', '图生视频', '首尾帧'],
  phase: 'generate',
  usesDevice: true,
  inputs: {
    image: { type: 'IMAGE', title: 'Picture', description: 'The first frame.' },
    last: { type: 'IMAGE', title: 'Last picture', optional: true, description: 'The last frame.' },
    conditioning: { type: 'CONDITIONING', title: 'Prompt' },
    vae: { type: 'VAE', title: 'VAE' },
  },
  outputs: {
    conditioning: { type: 'CONDITIONING', title: 'Conditioning' },
    latent: { type: 'LATENT', title: 'Latent' },
  },
  params: z.object({
    resolution: z
      .enum(['480p', '720p'])
      .default('480p')
      .describe('How many pixels a frame has: about 832×480 or 1280×720, in the picture’s shape.')
      .meta({ title: 'Resolution' } satisfies ParamMeta),
    seconds,
  }),
  async run({ image, last, conditioning, vae }, { resolution, seconds: length }, { models, signal, display }) {
    const family = familyOf(vae.family)
    const { video, pictureVideo: prepare } = family
    if (!video || !prepare) refuseForOtherNode(family)
    if (conditioning.family !== vae.family) {
      throw new AppError(
        'input_invalid',
        `The conditioning was made for "${conditioning.family}" models, the VAE belongs to a "${vae.family}" one.`,
      )
    }
    const { width, height } = video.sizeFor(image, resolution)
    const first = await coverCrop(image, width, height)
    if (Math.min(image.width / width, image.height / height) < 0.75) {
      const text = `The picture has ${image.width}×${image.height} pixels and was enlarged for a ${width}×${height} video; a larger one would look sharper.`
      display({ kind: 'note', code: 'picture_enlarged', text })
    }
    const end = last ? await coverCrop(last, width, height) : null
    const frames = framesOf(video, length)
    return prepare(models, { vae, conditioning, first, last: end, frames }, signal)
  },
})
