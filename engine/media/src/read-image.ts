import { basename } from 'node:path'
import { AppError, CancelledError, type Image, reasonOf } from '@beatloom/core'
import { pictureLibrary } from './picture-library.ts'
import { formatInWords, sniffFile } from './sniff.ts'

/** 100 megapixels: 300 MB once decoded. */
export const MAX_PICTURE_PIXELS = 100_000_000

export interface ImageFacts {
  format: 'jpeg' | 'png' | 'webp'
  /** As seen, after the EXIF turn. */
  width: number
  height: number
  hasAlpha: boolean
}

export interface ReadImageOptions {
  /** Pictures with a longer side than this are scaled down to it while decoding, pixels. */
  longestSide?: number
  /** The name to use in errors; the file's own when absent. */
  name?: string
}

/**
 * Facts of a JPG, PNG or WebP from its header alone.
 * @throws {AppError} `media_unreadable`, `media_too_large` above 100 megapixels, `file_missing`.
 */
export async function imageFacts(path: string, name = basename(path)): Promise<ImageFacts> {
  const format = await sniffFile(path)
  if (format !== 'jpeg' && format !== 'png' && format !== 'webp') {
    throw new AppError(
      'media_unreadable',
      `"${name}" is no JPG, PNG or WebP picture: it is ${formatInWords(format)}. Choose another file.`,
    )
  }
  const sharp = await pictureLibrary()
  const header = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw unreadable(name, cause)
    })
  const { width, height } = header.autoOrient
  if (width * height > MAX_PICTURE_PIXELS) {
    throw new AppError(
      'media_too_large',
      `"${name}" has ${width} × ${height} pixels; pictures up to 100 megapixels can be read, so scale it down first.`,
      { details: { width, height, maxPixels: MAX_PICTURE_PIXELS } },
    )
  }
  return { format, width, height, hasAlpha: header.hasAlpha }
}

/**
 * Decodes a picture to 8-bit sRGB: EXIF turned, alpha flattened on white, CMYK, grey and 16 bit converted.
 * The kind of file is read from its content, not its name.
 * @throws {AppError} `media_unreadable`, `media_too_large` (before decoding), `file_missing`, `run_cancelled`.
 */
export async function readImage(path: string, signal: AbortSignal, options: ReadImageOptions = {}): Promise<Image> {
  const name = options.name ?? basename(path)
  const facts = await imageFacts(path, name)
  if (signal.aborted) throw new CancelledError()
  const sharp = await pictureLibrary()
  let picture = sharp(path, {
    failOn: 'error',
    limitInputPixels: MAX_PICTURE_PIXELS,
    sequentialRead: true,
  }).autoOrient()
  const longestSide = options.longestSide ?? Number.POSITIVE_INFINITY
  if (Math.max(facts.width, facts.height) > longestSide) {
    picture = picture.resize({ width: longestSide, height: longestSide, fit: 'inside' })
  }
  try {
    const { data, info } = await picture
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    if (signal.aborted) throw new CancelledError()
    return { width: info.width, height: info.height, channels: 3, data: asRgb(data, info.channels) }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw unreadable(name, cause)
  }
}

function asRgb(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const pixels = data.length / channels
  const rgb = new Uint8Array(pixels * 3)
  for (let i = 0; i < pixels; i++) {
    const from = i * channels
    rgb[3 * i] = data[from]!
    rgb[3 * i + 1] = data[from + (channels > 2 ? 1 : 0)]!
    rgb[3 * i + 2] = data[from + (channels > 2 ? 2 : 0)]!
  }
  return rgb
}

function unreadable(name: string, cause: unknown): AppError {
  return new AppError(
    'media_unreadable',
    `The picture "${name}" is damaged or cut short: open and save it again in a picture program, or choose another.`,
    { cause, details: { reason: reasonOf(cause).split('\n')[0] } },
  )
}
