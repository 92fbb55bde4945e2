import { defineNode, type Image, type ParamMeta, type ValueFacts } from '@beatloom/core'
import { coverCrop, resizeImage as stretch } from '@beatloom/media'
import { z } from 'zod'
import { HEX_COLOUR, laidOn, solidImage } from './solid-image.ts'

const side = (meta: ParamMeta) =>
  z
    .int()
    .min(1)
    .max(8192)
    .default(1024)
    .meta({ unit: 'px', ...meta } satisfies ParamMeta)

const FITS = ['cover', 'within', 'stretch', 'pad'] as const
type Fit = (typeof FITS)[number]

export const resizeImage = defineNode({
  type: 'image.resize',
  version: 1,
  title: 'Resize image',
  description:
    'Scales a picture to a width and height: cropped to cover them, kept whole within them, with bars around it, or stretched.',
  category: 'Image',
  aliases: [
    'cover crop',
    'crop',
    'scale',
    'letterbox',
    'pad',
    'Größe ändern',
    'redimensionner',
    'リサイズ',
    '调整大小',
  ],
  inputs: { image: { type: 'IMAGE' } },
  outputs: { image: { type: 'IMAGE' } },
  params: z.object({
    width: side({ title: 'Width', widget: 'size', heightParam: 'height' }).describe('Width of the result, pixels'),
    height: side({ title: 'Height' }).describe('Height of the result, pixels'),
    fit: z
      .enum(FITS)
      .default('cover')
      .describe(
        'cover: fill both sides and crop what stands over; within: keep it whole; stretch: ignore the aspect; pad: keep it whole, with bars around it',
      )
      .meta({ widget: 'choice', title: 'Fit' } satisfies ParamMeta),
    bars: z
      .string()
      .regex(HEX_COLOUR, 'A colour is # and six hexadecimal digits.')
      .default('#000000')
      .describe('Colour of the bars, where fit is pad')
      .meta({ widget: 'colour', title: 'Bars', advanced: true } satisfies ParamMeta),
  }),
  passThrough: { image: 'image' },
  facts: ({ image }, { width, height, fit }) => ({
    image: fit === 'within' ? withinFacts(image, width, height) : { width, height },
  }),
  async run({ image }, { width, height, fit, bars }, { signal }) {
    signal.throwIfAborted()
    if (fit !== 'pad') return { image: await resized(image, width, height, fit) }
    const whole = await resized(image, width, height, 'within')
    return { image: laidOn(solidImage(width, height, bars), whole) }
  },
})

function resized(image: Image, width: number, height: number, fit: Exclude<Fit, 'pad'>): Promise<Image> {
  if (fit === 'cover') return coverCrop(image, width, height)
  if (fit === 'stretch') return stretch(image, width, height)
  const within = sizeWithin(image, width, height)
  return stretch(image, within.width, within.height)
}

/** The largest size of the picture's shape that stays within both sides, pixels. */
function sizeWithin(image: { width: number; height: number }, width: number, height: number) {
  const scale = Math.min(width / image.width, height / image.height)
  const scaled = (length: number) => Math.max(1, Math.round(length * scale))
  return { width: scaled(image.width), height: scaled(image.height) }
}

function withinFacts(image: ValueFacts | undefined, width: number, height: number): ValueFacts | undefined {
  if (image?.width === undefined || image.height === undefined) return undefined
  return sizeWithin({ width: image.width, height: image.height }, width, height)
}
