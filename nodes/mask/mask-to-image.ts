import { defineNode, known } from '@beatloom/core'
import { z } from 'zod'

export const maskToImage = defineNode({
  type: 'mask.to-image',
  version: 1,
  title: 'Mask to picture',
  description: 'Shows a mask as a grey picture: white is inside, black outside.',
  category: 'Image',
  aliases: ['convert mask', 'matte', 'Maske zu Bild', 'masque en image', 'マスクを画像に', '遮罩转图片'],
  converter: true,
  inputs: { mask: { type: 'MASK', title: 'Mask' } },
  outputs: { image: { type: 'IMAGE', title: 'Picture' } },
  params: z.object({}),
  facts: ({ mask }) => ({ image: known({ width: mask?.width, height: mask?.height }) }),
  run: ({ mask }) => {
    const { width, height, data } = mask
    const rgb = new Uint8Array(width * height * 3)
    for (let i = 0; i < data.length; i++) rgb.fill(data[i] as number, 3 * i, 3 * i + 3)
    return { image: { width, height, channels: 3, data: rgb } }
  },
})
