import { defineNode, type Image, known, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'

const CHANNELS = ['brightness', 'red', 'green', 'blue', 'alpha'] as const
type Channel = (typeof CHANNELS)[number]

export const maskFromImage = defineNode({
  type: 'mask.from-image',
  version: 1,
  title: 'Picture to mask',
  description: 'Makes a mask of how bright a picture is, or of one of its colours: bright is inside, dark outside.',
  category: 'Image',
  aliases: [
    'convert image',
    'matte',
    'luma key',
    'alpha',
    'Bild zu Maske',
    'image en masque',
    '画像をマスクに',
    '图片转遮罩',
  ],
  converter: true,
  inputs: { image: { type: 'IMAGE', title: 'Picture' } },
  outputs: { mask: { type: 'MASK', title: 'Mask' } },
  params: z.object({
    channel: z
      .enum(CHANNELS)
      .default('brightness')
      .describe('What is measured at each pixel. A picture without transparency is inside everywhere by its alpha.')
      .meta({ title: 'Channel', widget: 'choice' } satisfies ParamMeta),
    invert: z
      .boolean()
      .default(false)
      .describe('Dark is inside instead.')
      .meta({ title: 'Invert' } satisfies ParamMeta),
  }),
  facts: ({ image }) => ({ mask: known({ width: image?.width, height: image?.height }) }),
  run({ image }, { channel, invert }) {
    const data = planeOf(image, channel)
    if (invert) for (let i = 0; i < data.length; i++) data[i] = 255 - (data[i] as number)
    return { mask: { width: image.width, height: image.height, data } }
  },
})

function planeOf({ width, height, channels, data }: Image, channel: Channel): Uint8Array {
  const plane = new Uint8Array(width * height)
  if (channel === 'alpha' && channels !== 4) return plane.fill(255)
  if (channel === 'brightness' && channels !== 1) {
    // Rec. 709 luma, as eyes weigh the colours; in 1/256.
    for (let i = 0, at = 0; i < plane.length; i++, at += channels) {
      plane[i] = (54 * (data[at] as number) + 183 * (data[at + 1] as number) + 19 * (data[at + 2] as number) + 128) >> 8
    }
    return plane
  }
  const offset = channels === 1 ? 0 : Math.max(0, ['red', 'green', 'blue', 'alpha'].indexOf(channel))
  for (let i = 0; i < plane.length; i++) plane[i] = data[i * channels + offset] as number
  return plane
}
