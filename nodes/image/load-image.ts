import { defineNode, type ParamMeta, type ValueFacts } from '@beatloom/core'
import { imageFacts, readImage } from '@beatloom/media'
import { z } from 'zod'
import { megapixels } from '../clip-pixels.ts'
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
  facts: (_inputs, { longestSide }, { file }) => ({ image: scaledFacts(file, longestSide) }),
  cost(_params, _inputs, { image }) {
    const pixels = megapixels(image)
    return pixels === null
      ? null
      : { work: 0.1 + 0.08 * pixels, memoryBytes: 15e6 + 9e6 * pixels, diskBytes: 1e5 + 3e6 * pixels }
  },
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
    await showImage(image, file.name, context, { full: file })
    return { image }
  },
})

/** The size at which the picture is opened. */
function scaledFacts({ width, height }: ValueFacts = {}, longestSide: number): ValueFacts | undefined {
  if (width === undefined || height === undefined) return undefined
  const scale = Math.min(1, longestSide / Math.max(width, height))
  const scaled = (side: number) => Math.max(1, Math.round(side * scale))
  return { width: scaled(width), height: scaled(height) }
}
