import type { Image } from '@beatloom/core'
import { pictureLibrary } from './picture-library.ts'
import { requirePixels } from './resize-image.ts'

/**
 * An animated WebP that plays for ever. Meant for small previews: all frames are in memory at once.
 * @param frames at least one; all of the first one's size and channels.
 * @param frameRate frames per second; WebP keeps whole milliseconds.
 * @param quality 1 … 100.
 */
export async function encodeAnimation(frames: readonly Image[], frameRate: number, quality = 60): Promise<Uint8Array> {
  const first = frames[0]
  if (!first) throw new RangeError('An animation has at least one frame')
  const { width, height, channels } = first
  const strip = new Uint8Array(frames.length * first.data.length)
  frames.forEach((frame, index) => {
    requirePixels(frame)
    strip.set(frame.data, index * first.data.length)
  })
  const sharp = await pictureLibrary()
  return sharp(strip, { raw: { width, height: height * frames.length, channels, pageHeight: height } })
    .webp({ quality, effort: 0, loop: 0, delay: frames.map(() => Math.round(1000 / frameRate)) })
    .toBuffer()
}
