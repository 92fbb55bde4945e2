import type { Image } from '@beatloom/core'

export const HEX_COLOUR = /^#[0-9a-f]{6}$/i

/** A picture of one colour. @param colour `#rrggbb` */
export function solidImage(width: number, height: number, colour: string): Image {
  const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const data = new Uint8Array(width * height * 3)
  for (let at = 0; at < data.length; at++) data[at] = rgb[at % 3] as number
  return { width, height, channels: 3, data }
}

/** A picture laid on the middle of a ground at least as large; grey becomes three channels, see-through shows through. */
export function laidOn(ground: Image, picture: Image): Image {
  const left = Math.floor((ground.width - picture.width) / 2)
  const top = Math.floor((ground.height - picture.height) / 2)
  const data = ground.data.slice()
  const { channels } = picture
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const from = (y * picture.width + x) * channels
      const to = ((top + y) * ground.width + left + x) * 3
      const cover = channels === 4 ? (picture.data[from + 3] as number) / 255 : 1
      for (let c = 0; c < 3; c++) {
        const value = picture.data[channels === 1 ? from : from + c] as number
        data[to + c] = Math.round(value * cover + (data[to + c] as number) * (1 - cover))
      }
    }
  }
  return { ...ground, data }
}
