import type { Framing, Image, Mask } from '@beatloom/core'
import { cropAround, middleOfMask, pointOfInterest } from '@beatloom/media'

/** How much of each side is seen. */
const SHARE: Record<Framing, number> = { wide: 1, medium: 0.8, close: 0.62 }
/** Shapes that differ by less are one: a picture that was scaled to whole pixels. */
const SAME_SHAPE = 0.01

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
  const share = SHARE[framing]
  const shape = image.width / image.height / aspect
  const across = Math.abs(shape - 1) < SAME_SHAPE ? 1 : Math.min(1, 1 / shape)
  const down = Math.abs(shape - 1) < SAME_SHAPE ? 1 : Math.min(1, shape)
  if (share === 1 && across === 1 && down === 1) return { image, mask }
  const centre = mask ? middleOfMask(mask) : await pointOfInterest(image)
  const part = { across: share * across, down: share * down }
  return { image: cropAround(image, centre, part), mask: mask && cropAround(mask, centre, part) }
}

/** Width by height of the first picture, which all the others are cut to. */
export const aspectOf = ([first]: readonly Image[]): number => (first ? first.width / first.height : 1)
