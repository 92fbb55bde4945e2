import type { Image } from '@beatloom/core'

/** A picture's red, green and blue planes, −1 … 1. */
export function planesOf({ width, height, channels, data }: Image): Float32Array {
  const plane = width * height
  const planes = new Float32Array(3 * plane)
  for (let i = 0; i < plane; i++) {
    for (let colour = 0; colour < 3; colour++) {
      planes[colour * plane + i] = data[channels === 1 ? i : i * channels + colour]! / 127.5 - 1
    }
  }
  return planes
}
