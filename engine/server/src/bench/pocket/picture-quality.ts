import type { Image } from '@beatloom/core'
import { coverCrop } from '@beatloom/media'
import { estimatePose, pyramidOf } from './global-motion.ts'
import { halved, lumaOf, type Plane } from './planes.ts'

/** Peak signal to noise of two pictures of one size, dB. */
export function psnr(a: Uint8Array, b: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2
  return sum === 0 ? 99 : 10 * Math.log10((255 ** 2 * a.length) / sum)
}

/** Mean absolute difference, steps of 0 … 255. */
export function meanChange(a: Image, b: Image): number {
  let sum = 0
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i]! - b.data[i]!)
  return sum / a.data.length
}

/** Variance of the Laplacian of brightness: how much fine detail a picture shows. */
export function sharpness(image: Image): number {
  const { width, height, values } = lumaOf(image)
  let [sum, squares, count] = [0, 0, 0]
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      const value = values[i - 1]! + values[i + 1]! + values[i - width]! + values[i + width]! - 4 * values[i]!
      sum += value
      squares += value * value
      count++
    }
  }
  return squares / count - (sum / count) ** 2
}

export interface FramePlace {
  /** How much the picture is enlarged: 1 is no crop. */
  cropScale: number
  /** Against the picture as it is seen under that crop, dB. */
  psnrDb: number
}

/**
 * Finds the crop under which a clip shows its picture and compares frame 0 with it: first by the camera estimate, then
 * the size and the whole-pixel place around it that fit best.
 * @param picture the input, any size.
 */
export async function placeOfFrame(frame: Image, picture: Image): Promise<FramePlace> {
  const { width, height } = frame
  const uncropped = { cropScale: 1, psnrDb: psnr(frame.data, (await coverCrop(picture, width, height)).data) }
  const small = (image: Image): Plane => halved(halved(lumaOf(image)))
  const pose = estimatePose(pyramidOf(small(await coverCrop(picture, width, height))), pyramidOf(small(frame)))
  let best = uncropped
  const guessed = Math.round(width * Math.exp(pose.zoom))
  for (let wide = Math.max(width, guessed - 3); wide <= guessed + 3; wide++) {
    const tall = Math.max(height, Math.round((height * wide) / width))
    const whole = await coverCrop(picture, wide, tall)
    const left = Math.round((wide - width) / 2 + pose.pan * wide)
    const top = Math.round((tall - height) / 2 + pose.tilt * wide)
    for (let y = top - 2; y <= top + 2; y++) {
      for (let x = left - 2; x <= left + 2; x++) {
        if (x < 0 || y < 0 || x + width > wide || y + height > tall) continue
        const psnrDb = psnrUnderCrop(frame, whole, x, y)
        if (psnrDb > best.psnrDb) best = { cropScale: wide / width, psnrDb }
      }
    }
  }
  return best
}

function psnrUnderCrop(frame: Image, whole: Image, left: number, top: number): number {
  let sum = 0
  for (let y = 0; y < frame.height; y++) {
    const from = ((top + y) * whole.width + left) * 3
    const at = y * frame.width * 3
    for (let i = 0; i < frame.width * 3; i++) sum += (frame.data[at + i]! - whole.data[from + i]!) ** 2
  }
  return 10 * Math.log10((255 ** 2 * frame.data.length) / Math.max(sum, 1e-9))
}
