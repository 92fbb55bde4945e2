import type { PocketCrop } from './decoder/index.ts'

/** Crops and shortenings up to this share go unmentioned. */
const WORTH_SAYING = 0.01

/** What the user should know of how the clip sits in its picture; null when there is nothing to say. */
export function cropNote({ cropScale, pathScale }: PocketCrop): string | null {
  const cropped =
    cropScale > 1 + WORTH_SAYING
      ? `The picture is enlarged by ${Math.round((cropScale - 1) * 100)} % to give the camera room.`
      : null
  const shortened =
    pathScale < 1 - WORTH_SAYING
      ? `The camera moves ${Math.round(pathScale * 100)} % of what was asked, as far as the picture reaches.`
      : null
  return [cropped, shortened].filter(Boolean).join(' ') || null
}
