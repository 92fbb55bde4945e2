import { AppError, type Image } from '@beatloom/core'
import { type Aspect, LATENT_RATE } from '@beatloom/models'

export type Resolution = '480p' | '720p'

const SIZES: Record<Resolution, Record<Aspect, [number, number]>> = {
  '720p': { '16:9': [1280, 720], '9:16': [720, 1280], '1:1': [960, 960] },
  '480p': { '16:9': [832, 480], '9:16': [480, 832], '1:1': [624, 624] },
}
const RATIOS: Record<Aspect, number> = { '16:9': 16 / 9, '9:16': 9 / 16, '1:1': 1 }

/**
 * The picture may be this much larger than the frame: room for the camera, and what it takes to scale it once more
 * without losing sharpness.
 */
const MAX_REFERENCE_SCALE = 1.5
export const LONGEST_SECONDS = 15
const FEWEST_LATENT_FRAMES = 30
const MOST_LATENT_FRAMES = 150

export function frameSize(resolution: Resolution, aspect: Aspect): { width: number; height: number } {
  const [width, height] = SIZES[resolution][aspect]
  return { width, height }
}

/** The aspect whose ratio is nearest to the picture's, by the logarithm: 2:1 is as far from 1:1 as 1:2 is. */
export function nearestAspect({ width, height }: Pick<Image, 'width' | 'height'>): Aspect {
  const distance = (aspect: Aspect) => Math.abs(Math.log(width / height / RATIOS[aspect]))
  return (Object.keys(RATIOS) as Aspect[]).reduce((best, each) => (distance(each) < distance(best) ? each : best))
}

/** Pictures of one shape are cut to whole pixels in many ways; so far from the edge they all stay on one side of it. */
const CLEAR_OF_EDGE = 0.02

/**
 * The picture's width by height, moved off the edge between two aspects where it lies on it, as 4:3 does between 16:9
 * and 1:1: cut to this, parts of pictures come to one aspect, that of the picture itself.
 */
export function clearRatio(picture: Pick<Image, 'width' | 'height'>): number {
  const own = RATIOS[nearestAspect(picture)]
  const others = Object.values(RATIOS).filter((other) => other !== own)
  return others.reduce((ratio, other) => {
    // Half way by the logarithm, as `nearestAspect` measures.
    const edge = Math.sqrt(own * other)
    return own > other ? Math.max(ratio, edge * (1 + CLEAR_OF_EDGE)) : Math.min(ratio, edge / (1 + CLEAR_OF_EDGE))
  }, picture.width / picture.height)
}

/**
 * The size at which the picture is kept: the frame's aspect exactly, its own pixels where it has more than the frame,
 * up to 1.5 times; never smaller than the frame.
 */
export function referenceSize(
  picture: Pick<Image, 'width' | 'height'>,
  frame: { width: number; height: number },
): { width: number; height: number } {
  const available = Math.min(picture.width / frame.width, picture.height / frame.height)
  const units = greatestDivisor(frame.width, frame.height)
  const scaled = Math.floor(units * Math.min(MAX_REFERENCE_SCALE, Math.max(1, available)))
  return { width: (frame.width / units) * scaled, height: (frame.height / units) * scaled }
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

/** Why a clip of that length cannot be made; null when it can. */
export function tooLong(seconds: number, frameRate: number): string | null {
  if (seconds <= LONGEST_SECONDS + 0.5 / frameRate) return null
  return `The sound is ${seconds.toFixed(1)} s long; the pocket model makes clips of up to ${LONGEST_SECONDS} s, so shorten it in LoadAudio.`
}

/**
 * Latent frames for a clip: an even number, so many that the last video frame still lies inside. At the longest clip
 * the last tenth of a second holds the last latent.
 * @throws {AppError} `input_invalid` for clips longer than 15 s.
 */
export function latentFrameCount(frameCount: number, frameRate: number): number {
  const seconds = frameCount / frameRate
  const refusal = tooLong(seconds, frameRate)
  if (refusal) throw new AppError('input_invalid', refusal, { details: { seconds, longestSeconds: LONGEST_SECONDS } })
  const wanted = Math.ceil(((frameCount - 1) / frameRate) * LATENT_RATE) + 1
  const even = wanted + (wanted % 2)
  return Math.min(MOST_LATENT_FRAMES, Math.max(FEWEST_LATENT_FRAMES, even))
}
