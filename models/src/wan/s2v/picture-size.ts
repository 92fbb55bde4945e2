/** Sizes of a speech video: the largest within an area, and where the reference picture lies in it. */

import { AppError } from '@beatloom/core'

/** Both sides are multiples of it: the oldest motion is read in patches of 8 × 8 latents of 8 × 8 pixels. */
export const SIDE_STEP = 64

/** Areas that Wan offers for speech, in pixels. */
export const SPEECH_AREAS = { '480p': 832 * 480, '704p': 1024 * 704, '720p': 1280 * 720 } as const

const TRIES = 100

/**
 * The largest scale, of 100 tries, at which the picture, filled up to multiples of 64, stays within the area. A small
 * picture is not enlarged.
 * @param area in pixels.
 * @throws {AppError} `input_invalid` for a picture so narrow that no such size is left.
 */
export function sizeWithinArea(width: number, height: number, area: number): { width: number; height: number } {
  const [least, most] = scaleBounds(width, height, area)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const scale = most - ((most - least) * attempt) / TRIES
    const filled = { width: filledSide(width * scale), height: filledSide(height * scale) }
    if (filled.width * filled.height <= area) return atLeastOneStep(filled)
  }
  const floored = (side: number) => Math.floor(side / SIDE_STEP) * SIDE_STEP
  const byAspect = {
    width: floored(Math.sqrt((area * width) / height)),
    height: floored(Math.sqrt((area * height) / width)),
  }
  const larger = byAspect.width >= width || byAspect.height >= height
  return atLeastOneStep(larger ? { width: floored(width), height: floored(height) } : byAspect)
}

function atLeastOneStep(size: { width: number; height: number }): { width: number; height: number } {
  if (size.width > 0 && size.height > 0) return size
  throw new AppError('input_invalid', 'The picture is too narrow for a video with sides in multiples of 64 pixels.')
}

/**
 * From about the scale with both sides filled up by 63 pixels to the scale with none. Under the root Wan's own code
 * has 2ac, not 4ac; the tries begin elsewhere otherwise, and tall pictures come out 64 pixels longer.
 */
function scaleBounds(width: number, height: number, area: number): [least: number, most: number] {
  if (width * height <= area) return [0.1, 1]
  const fill = SIDE_STEP - 1
  const [a, b, c] = [width * height, fill * (width + height), fill ** 2 - area]
  return [(-b + Math.sqrt(b ** 2 - 2 * a * c)) / (2 * a), Math.sqrt(area / (width * height))]
}

function filledSide(side: number): number {
  return Math.ceil(Math.trunc(side) / SIDE_STEP) * SIDE_STEP
}
