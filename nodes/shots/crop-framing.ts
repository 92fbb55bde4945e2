import type { Framing, Image, Mask } from '@beatloom/core'
import { cropAround, middleOfMask, pointOfInterest } from '@beatloom/media'

/** How much of each side is seen. */
const SHARE: Record<Framing, number> = { wide: 1, medium: 0.8, close: 0.62 }

type Seen = Promise<{ image: Image; mask: Mask | undefined }>

/** One crop for all shots that look alike at a picture. */
const seen = new WeakMap<Image, Map<Framing, { mask: Mask | undefined; seen: Seen }>>()

/**
 * The part of a picture that a shot shows: all of it, or a closer look at its subject; without a mask of that, at where
 * the eye goes first. The mask is cut alike.
 */
export function cropFraming(image: Image, mask: Mask | undefined, framing: Framing): Seen {
  const known = seen.get(image) ?? new Map()
  seen.set(image, known)
  const before = known.get(framing)
  if (before && before.mask === mask) return before.seen
  const made = crop(image, mask, framing)
  known.set(framing, { mask, seen: made })
  return made
}

async function crop(image: Image, mask: Mask | undefined, framing: Framing): Seen {
  const share = SHARE[framing]
  if (share === 1) return { image, mask }
  const centre = mask ? middleOfMask(mask) : await pointOfInterest(image)
  return { image: cropAround(image, centre, share), mask: mask && cropAround(mask, centre, share) }
}
