import { defineNode, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'
import { loadCost, longestSideParam, openPicture, scaledFacts } from './open-picture.ts'
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
    longestSide: longestSideParam(),
  }),
  facts: (_inputs, { longestSide }, { file }) => ({ image: scaledFacts(file, longestSide) }),
  cost: (_params, _inputs, { image }) => loadCost(image),
  async run(_inputs, { file: reference, longestSide }, context) {
    const { image, file, scaledFrom } = await openPicture(reference, longestSide, context)
    if (scaledFrom) {
      context.display({
        kind: 'note',
        code: 'image_scaled',
        text: `The picture was scaled down from ${scaledFrom.width} × ${scaledFrom.height} to ${image.width} × ${image.height} pixels.`,
      })
    }
    await showImage(image, file.name, context, { full: file })
    return { image }
  },
})
