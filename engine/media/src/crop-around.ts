import type { Image, Mask } from '@beatloom/core'
import { resizeImage } from './resize-image.ts'

/** In shares of width and height, from the upper left corner. */
export interface Point {
  x: number
  y: number
}

/** Detail finer than this many columns is noise and grain. */
const LOOK_COLUMNS = 96
/** What lies at the border counts this much less than the middle: pictures are composed around what they show. */
const BORDER_WEIGHT = 0.25

/**
 * Where the eye goes first in a picture: the middle of what is in focus, by the energy of its edges, weighed towards
 * the middle of the picture. A picture that is even all over has its middle.
 */
export async function pointOfInterest(image: Image): Promise<Point> {
  const columns = Math.min(LOOK_COLUMNS, image.width)
  const rows = Math.max(1, Math.round((image.height * columns) / image.width))
  const { data, channels } = await resizeImage(image, columns, rows)
  const light = (x: number, y: number): number => {
    const at = (y * columns + x) * channels
    return channels === 1 ? (data[at] as number) : 0.3 * data[at]! + 0.6 * data[at + 1]! + 0.1 * data[at + 2]!
  }
  return centreOf(columns, rows, (x, y) => {
    if (x + 1 >= columns || y + 1 >= rows) return 0
    const across = light(x + 1, y) - light(x, y)
    const down = light(x, y + 1) - light(x, y)
    // Squared twice: sharp edges count, the soft ones of what is out of focus hardly do.
    return (across ** 2 + down ** 2) ** 2
  })
}

/** The middle of a mask; of the picture where the mask is empty. */
export function middleOfMask({ width, height, data }: Mask): Point {
  return centreOf(width, height, (x, y) => data[y * width + x] as number, 1)
}

function centreOf(
  width: number,
  height: number,
  energy: (x: number, y: number) => number,
  borderWeight = BORDER_WEIGHT,
): Point {
  let sum = 0
  let [sumX, sumY] = [0, 0]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [across, down] = [(2 * (x + 0.5)) / width - 1, (2 * (y + 0.5)) / height - 1]
      const weight = 1 - (1 - borderWeight) * Math.max(Math.abs(across), Math.abs(down))
      const value = weight * energy(x, y)
      sum += value
      sumX += value * (x + 0.5)
      sumY += value * (y + 0.5)
    }
  }
  return sum === 0 ? { x: 0.5, y: 0.5 } : { x: sumX / sum / width, y: sumY / sum / height }
}

/** The part of a picture with these shares of its sides, as near to a point as the borders allow. */
export function cropAround<T extends Image | Mask>(
  picture: T,
  { x, y }: Point,
  share: { across: number; down: number },
): T {
  const { width: wide, height: tall, data: from } = picture
  const channels = 'channels' in picture ? picture.channels : 1
  const width = Math.max(1, Math.round(wide * share.across))
  const height = Math.max(1, Math.round(tall * share.down))
  const left = Math.round(Math.min(wide - width, Math.max(0, x * wide - width / 2)))
  const top = Math.round(Math.min(tall - height, Math.max(0, y * tall - height / 2)))
  const data = new Uint8Array(width * height * channels)
  for (let row = 0; row < height; row++) {
    const start = ((top + row) * wide + left) * channels
    data.set(from.subarray(start, start + width * channels), row * width * channels)
  }
  return { ...picture, width, height, data }
}
