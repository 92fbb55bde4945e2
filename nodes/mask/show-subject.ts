import type { Image, Mask, NodeContext } from '@beatloom/core'
import { fitWithin, resizeImage } from '@beatloom/media'
import { showImage } from '../image/show-image.ts'

/** The picture on the node is drawn at this longest side. */
const SHOWN_SIDE = 640
/** What is left of the light outside the subject. */
const DIMMED = 0.25

/**
 * Shows on the node which part of a picture a mask picks: that part in colour, the rest dark and grey.
 * @param start the mask that this one was painted over, for those who go on painting.
 */
export async function showSubject(image: Image, mask: Mask, context: NodeContext, start?: Mask): Promise<void> {
  const picture = await fitWithin(image, SHOWN_SIDE)
  const { width, height, channels } = picture
  const small = await resizeImage({ ...mask, channels: 1 }, width, height)
  const data = new Uint8Array(3 * width * height)
  for (let i = 0; i < small.data.length; i++) {
    const inside = small.data[i]! / 255
    const red = picture.data[i * channels]!
    const green = picture.data[i * channels + (channels === 1 ? 0 : 1)]!
    const blue = picture.data[i * channels + (channels === 1 ? 0 : 2)]!
    const outside = (1 - inside) * DIMMED * ((54 * red + 183 * green + 19 * blue) / 256)
    data[3 * i] = inside * red + outside
    data[3 * i + 1] = inside * green + outside
    data[3 * i + 2] = inside * blue + outside
  }
  await showImage({ width, height, channels: 3, data }, 'subject', context, start ? { start } : {})
}
