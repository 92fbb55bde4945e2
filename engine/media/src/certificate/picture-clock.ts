/** What the times of a video's pictures say about its clock. */
export interface PictureClock {
  /** Frames per second: the usual step, turned over. */
  frameRate: number
  /** When the first picture is shown, seconds from the start of the movie. */
  startSeconds: number
  /** From the first picture to the end of the last. */
  lengthSeconds: number
  /** Nearly all steps are the usual one or whole multiples of it. */
  isSteady: boolean
  /** Pictures left out of a steady clock; 0 where there is no steady clock. */
  missingFrames: number
}

/** Containers round times to ticks, at worst (24 fps in milliseconds) by 3 % of a step. */
const STEP_TOLERANCE = 0.05
/** A steady clock may have this share of longer steps before it counts as a wandering one. */
const MOST_GAPS = 0.1

/**
 * @param times of each picture, seconds.
 * @param fallbackRate frames per second, for videos of one picture.
 */
export function pictureClock(times: readonly number[], fallbackRate: number): PictureClock {
  const shown = [...times].sort((a, b) => a - b)
  const startSeconds = shown[0] ?? 0
  const steps = shown.slice(1).map((time, i) => time - (shown[i] as number))
  const step = usualStep(steps) || 1 / (fallbackRate || 25)
  const lengthSeconds = shown.length === 0 ? 0 : (shown.at(-1) as number) - startSeconds + step
  const frameRate = rateOf(steps, step)
  const multiples = steps.map((each) => each / step)
  const odd = multiples.filter((each) => Math.round(each) < 1 || Math.abs(each - Math.round(each)) > STEP_TOLERANCE)
  const gaps = multiples.filter((each) => Math.round(each) > 1)
  const isSteady = odd.length === 0 && gaps.length <= MOST_GAPS * steps.length
  const missingFrames = isSteady ? gaps.reduce((sum, each) => sum + Math.round(each) - 1, 0) : 0
  return { frameRate, startSeconds, lengthSeconds, isSteady, missingFrames }
}

/** The median step, which gaps do not reach. */
function usualStep(steps: readonly number[]): number {
  return [...steps].sort((a, b) => a - b)[steps.length >> 1] ?? 0
}

/** The mean of the steps near the usual one: the rounding of single steps averages out. */
function rateOf(steps: readonly number[], usual: number): number {
  const near = steps.filter((each) => Math.abs(each / usual - 1) <= STEP_TOLERANCE)
  const mean = near.length === 0 ? usual : near.reduce((sum, each) => sum + each, 0) / near.length
  return Math.round(1e3 / mean) / 1e3
}
