import type { Framing, Image, Mask } from '@beatloom/core'
import { cropAround, middleOfMask, pointOfInterest } from '@beatloom/media'
import { clearRatio } from '../latent/frame-size.ts'

/** How much of each side is seen. */
const SHARE: Record<Framing, number> = { wide: 1, medium: 0.8, close: 0.62 }
/** How near a shape of small whole numbers comes to the wanted one, as a share of it. */
const SHAPE_ERROR = 0.002

export interface View {
  image: Image
  mask: Mask | undefined
}

interface Wanted {
  framing: Framing
  /** Width by height that all pictures are given, so that their shots can be joined. */
  aspect: number
}

/** One crop for all shots that look alike at a picture. */
const seen = new WeakMap<Image, Map<string, { mask: Mask | undefined; view: Promise<View> }>>()

/**
 * The part of a picture that a shot shows: all of it, or a closer look at its subject; without a mask of that, at where
 * the eye goes first. Of a picture of another shape, the largest part that has the wanted one. The mask is cut alike.
 * All parts have exactly one shape, so that whatever makes frames of them makes frames of one size.
 */
export function cropFraming(image: Image, mask: Mask | undefined, wanted: Wanted): Promise<View> {
  const known = seen.get(image) ?? new Map()
  seen.set(image, known)
  const key = `${wanted.framing} ${wanted.aspect}`
  const before = known.get(key)
  if (before && before.mask === mask) return before.view
  const view = crop(image, mask, wanted)
  known.set(key, { mask, view })
  view.catch(() => known.delete(key))
  return view
}

async function crop(image: Image, mask: Mask | undefined, { framing, aspect }: Wanted): Promise<View> {
  const part = partOf(image, SHARE[framing], aspect)
  if (part.across === 1 && part.down === 1) return { image, mask }
  const centre = mask ? middleOfMask(mask) : await pointOfInterest(image)
  return { image: cropAround(image, centre, part), mask: mask && cropAround(mask, centre, part) }
}

/** The shares of a picture's sides that are seen: whole pixels, as many as the shape's own numbers divide. */
function partOf({ width, height }: Image, share: number, aspect: number): { across: number; down: number } {
  const [wide, high] = wholeShape(aspect)
  // A hair more, since 0.8 of a whole number may come out below the whole number that it is.
  const times = Math.floor(share * Math.min(width / wide, height / high) + 1e-9)
  if (times > 0) return { across: (times * wide) / width, down: (times * high) / height }
  // Fewer pixels than the shape's own numbers: as near as rounding comes.
  const shape = width / height / aspect
  return { across: share * Math.min(1, 1 / shape), down: share * Math.min(1, shape) }
}

/** A shape in small whole numbers: 16 by 9 of 1.7778. */
function wholeShape(aspect: number): [wide: number, high: number] {
  const ratio = Math.max(aspect, 1 / aspect)
  for (let short = 1; ; short++) {
    const long = Math.round(ratio * short)
    if (Math.abs(long / short / ratio - 1) < SHAPE_ERROR) return aspect >= 1 ? [long, short] : [short, long]
  }
}

/** Width by height of the first picture, which all the others are cut to: their shots come to one size. */
export const aspectOf = ([first]: readonly Image[]): number => (first ? clearRatio(first) : 1)
