import type { Image } from '@beatloom/core'

/** Quarters of the card: greys that a little light swings far, and saturated red. */
const QUARTERS = [
  [110, 110, 110],
  [160, 160, 160],
  [205, 200, 195],
  [200, 24, 20],
] as const

/** A picture on which flashes show sooner than on a photograph. */
export function flashCard(width = 832, height = 480): Image {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const quarter = (y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)
      data.set(QUARTERS[quarter]!, (y * width + x) * 3)
    }
  }
  return { width, height, channels: 3, data }
}
