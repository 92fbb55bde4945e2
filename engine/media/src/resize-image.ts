import { AppError, type Image } from '@beatloom/core'
import { pictureLibrary } from './picture-library.ts'

/** Scales to exactly `width × height` pixels with a Lanczos filter; the aspect is not kept. */
export async function resizeImage(image: Image, width: number, height: number): Promise<Image> {
  return scaled(image, width, height, { left: 0, top: 0, width: image.width, height: image.height })
}

/**
 * Fills `width × height` pixels: scaled by the larger of the two ratios, what stands over is cut off evenly on
 * both sides. It is cut off before scaling, at whole pixels of the picture, so that the same part is seen at any size.
 */
export async function coverCrop(image: Image, width: number, height: number): Promise<Image> {
  const scale = Math.max(width / image.width, height / image.height)
  const side = (wanted: number, whole: number) => Math.min(whole, Math.max(1, Math.round(wanted / scale)))
  const [wide, tall] = [side(width, image.width), side(height, image.height)]
  const left = Math.floor((image.width - wide) / 2)
  const top = Math.floor((image.height - tall) / 2)
  return scaled(image, width, height, { left, top, width: wide, height: tall })
}

interface Part {
  left: number
  top: number
  width: number
  height: number
}

/** Scales down so that no side is longer than `longestSide` pixels; smaller pictures stay as they are. */
export async function fitWithin(image: Image, longestSide: number): Promise<Image> {
  const scale = longestSide / Math.max(image.width, image.height)
  if (scale >= 1) return image
  const side = (length: number) => Math.max(1, Math.round(length * scale))
  return resizeImage(image, side(image.width), side(image.height))
}

async function scaled(image: Image, width: number, height: number, part: Part): Promise<Image> {
  requirePixels(image)
  if (image.width === width && image.height === height) return image
  const sharp = await pictureLibrary()
  const { data, info } = await sharp(image.data, { raw: rawFacts(image) })
    .extract(part)
    .resize({ width, height, fit: 'fill', kernel: 'lanczos3' })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  // libvips may answer grey input with three equal channels; the image keeps the channels it came with.
  const kept = info.channels === image.channels ? data : everyNth(data, info.channels, image.channels)
  return {
    width: info.width,
    height: info.height,
    channels: image.channels,
    data: new Uint8Array(kept.buffer, kept.byteOffset, kept.byteLength),
  }
}

function everyNth(data: Uint8Array, from: number, to: number): Uint8Array {
  const pixels = data.length / from
  const out = new Uint8Array(pixels * to)
  for (let i = 0; i < pixels; i++)
    for (let c = 0; c < to; c++) out[i * to + c] = data[i * from + Math.min(c, from - 1)]!
  return out
}

/** What sharp needs to know of bare pixels. */
export function rawFacts(image: Image): { width: number; height: number; channels: 1 | 3 | 4 } {
  return { width: image.width, height: image.height, channels: image.channels }
}

export function requirePixels(image: Image): void {
  if (image.width > 0 && image.height > 0 && image.data.length === image.width * image.height * image.channels) return
  throw new AppError('media_unreadable', 'The picture has no pixels, or not as many as its size says.')
}
