import type { Framing, Image, Mask } from '@beatloom/core'
import { cropAround, middleOfMask, pointOfInterest } from '@beatloom/media'

/** How much of each side is seen. */
const SHARE: Record<Framing, number> = { wide: 1, medium: 0.8, close: 0.62 }

/**
 * The part of a picture that a shot shows: all of it, or a closer look at its subject; without a mask of that, at where
 * the eye goes first. The mask is cut alike.
 */
export async function cropFraming(
  image: Image,
  mask: Mask | undefined,
  framing: Framing,
): Promise<{ image: Image; mask: Mask | undefined }> {
  const share = SHARE[framing]
  if (share === 1) return { image, mask }
  const centre = mask ? middleOfMask(mask) : await pointOfInterest(image)
  return { image: cropAround(image, centre, share), mask: mask && cropAround(mask, centre, share) }
}
