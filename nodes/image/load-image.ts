import { defineNode, type ParamMeta } from '@beatloom/core'
import { imageFacts, readImage } from '@beatloom/media'
import { z } from 'zod'
import { showImage } from './show-image.ts'

export const loadImage = defineNode({
  type: 'image.load',
  version: 1,
  title: 'LoadImage',
  description: 'Opens a JPG, PNG or WebP picture, turned upright, transparency laid on white.',
  category: 'Image',
  aliases: ['load image', 'picture', 'photo', 'open', 'Bild laden', 'charger une image', '画像を読み込む', '加载图像'],
  inputs: {},
  outputs: { image: { type: 'IMAGE' } },
  params: z.object({
    file: z
      .string()
      .default('')
      .describe('The picture')
      .meta({ widget: 'file', accept: 'image', title: 'Picture' } satisfies ParamMeta),
    longestSide: z
      .int()
      .min(64)
      .max(16_384)
      .default(4096)
      .describe('Larger pictures are scaled down to this many pixels on their longer side')
      .meta({ title: 'Longest side', unit: 'px', advanced: true } satisfies ParamMeta),
  }),
  async run(_inputs, { file: reference, longestSide }, context) {
    const file = await context.files.resolve(reference)
    const facts = await imageFacts(file.path, file.name)
    const image = await readImage(file.path, context.signal, { longestSide, name: file.name })
    if (image.width < facts.width) {
      context.display({
        kind: 'note',
        code: 'image_scaled',
        text: `The picture was scaled down from ${facts.width} × ${facts.height} to ${image.width} × ${image.height} pixels.`,
      })
    }
    await showImage(image, file.name, context)
    return { image }
  },
})
