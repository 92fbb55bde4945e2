import type { Image } from '@beatloom/core'

/** Grey to three equal channels; what is see-through shows black. */
export function toRgb({ width, height, channels, data }: Image): Image {
  if (channels === 3) return { width, height, channels, data }
  const rgb = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      rgb[3 * i + c] =
        channels === 1
          ? (data[i] as number)
          : Math.round(((data[4 * i + c] as number) * (data[4 * i + 3] as number)) / 255)
    }
  }
  return { width, height, channels: 3, data: rgb }
}
