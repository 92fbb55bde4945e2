import type { ValueFacts } from '@beatloom/core'

/** All pixels of a clip, in millions; null while its size or length is not known. */
export function clipMegapixels({ width, height, frameCount }: ValueFacts = {}): number | null {
  if (width === undefined || height === undefined || frameCount === undefined) return null
  return (width * height * frameCount) / 1e6
}

/** Pixels of a picture or of one frame, in millions; null while the size is not known. */
export function megapixels({ width, height }: ValueFacts = {}): number | null {
  return width === undefined || height === undefined ? null : (width * height) / 1e6
}
