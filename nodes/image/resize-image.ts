import { defineNode, type Image, type ParamMeta } from '@beatloom/core'
import { coverCrop, resizeImage as stretch } from '@beatloom/media'
import { z } from 'zod'

const side = (title: string) =>
  z
    .int()
    .min(1)
    .max(8192)
    .default(1024)
    .meta({ title, unit: 'px' } satisfies ParamMeta)

export const resizeImage = defineNode({
  type: 'image.resize',
  version: 1,
  title: 'Resize image',
  description: 'Scales a picture to a width and height: cropped to cover them, kept whole within them, or stretched.',
  category: 'Image',
  aliases: ['cover crop', 'crop', 'scale', 'Größe ändern', 'redimensionner', 'リサイズ', '调整大小'],
  inputs: { image: { type: 'IMAGE' } },
  outputs: { image: { type: 'IMAGE' } },
  params: z.object({
    width: side('Width').describe('Width of the result, pixels'),
    height: side('Height').describe('Height of the result, pixels'),
    fit: z
      .enum(['cover', 'within', 'stretch'])
      .default('cover')
      .describe('cover: fill both sides and crop what stands over; within: keep it whole; stretch: ignore the aspect')
      .meta({ widget: 'choice', title: 'Fit' } satisfies ParamMeta),
  }),
  passThrough: { image: 'image' },
  async run({ image }, { width, height, fit }, { signal }) {
    signal.throwIfAborted()
    return { image: await resized(image, width, height, fit) }
  },
})

function resized(image: Image, width: number, height: number, fit: 'cover' | 'within' | 'stretch'): Promise<Image> {
  if (fit === 'cover') return coverCrop(image, width, height)
  if (fit === 'stretch') return stretch(image, width, height)
  const scale = Math.min(width / image.width, height / image.height)
  const scaled = (length: number) => Math.max(1, Math.round(length * scale))
  return stretch(image, scaled(image.width), scaled(image.height))
}
