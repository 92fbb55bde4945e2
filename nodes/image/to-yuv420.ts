import { AppError, type Image } from '@beatloom/core'

/** Shares of red and blue in brightness: ITU-R BT.709, 3.2. */
const RED = 0.2126
const BLUE = 0.0722

/** Brightness in full, both colour differences at half the width and half the height; one channel each. */
export interface Yuv420 {
  y: Image
  u: Image
  v: Image
}

/**
 * RGB as video stores it: BT.709, brightness 16 to 235 and colour 16 to 240 around 128 (ITU-R BT.709, 3.4), each colour
 * pixel the mean of four, sited at their centre.
 * @param image RGB with an even width and height.
 */
export function toYuv420({ width, height, channels, data }: Image): Yuv420 {
  if (channels !== 3 || width % 2 !== 0 || height % 2 !== 0) {
    throw new AppError('internal', 'A picture for video needs red, green and blue and an even width and height.')
  }
  const [y, u, v] = [plane(width, height), plane(width / 2, height / 2), plane(width / 2, height / 2)]
  const row = width * 3
  for (let top = 0, at = 0; top < height; top += 2) {
    for (let left = 0; left < width; left += 2, at++) {
      let [red, green, blue] = [0, 0, 0]
      for (const corner of [0, 3, row, row + 3]) {
        const from = top * row + left * 3 + corner
        const [r, g, b] = [data[from] as number, data[from + 1] as number, data[from + 2] as number]
        const to = top * width + left + (corner >= row ? width : 0) + (corner % row === 3 ? 1 : 0)
        y.data[to] = Math.round(16 + (219 / 255) * brightness(r, g, b))
        red += r / 4
        green += g / 4
        blue += b / 4
      }
      const mean = brightness(red, green, blue)
      u.data[at] = Math.round(128 + ((224 / 255) * (blue - mean)) / (2 * (1 - BLUE)))
      v.data[at] = Math.round(128 + ((224 / 255) * (red - mean)) / (2 * (1 - RED)))
    }
  }
  return { y, u, v }
}

const brightness = (red: number, green: number, blue: number) => RED * red + (1 - RED - BLUE) * green + BLUE * blue

function plane(width: number, height: number): Image {
  return { width, height, channels: 1, data: new Uint8Array(width * height) }
}
