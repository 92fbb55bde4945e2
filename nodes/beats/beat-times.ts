import { BEAT_SHARE } from './beat-path.ts'
import { median } from './f-measure.ts'
import type { OnsetActivation } from './onset-activation.ts'

/** The path is moved to the strongest onset within 3 frames, or anywhere in the part of the beat that expects it. */
const SNAP_FRAMES = 3
/** Weaker onsets do not pull: the steady path is the better guess there. */
const PULLING_ACTIVATION = 0.15
/**
 * How far the top of the onset curve lies from the sound's true beginning, in seconds (negative: before it, since
 * the window sees what is coming). Medians measured at known times, in ms: clicks -4.1, kicks -4.2, plucked notes -3.4,
 * snares -2.8, hats -2.2. What is cut on are the first two.
 */
export const ONSET_LAG_SECONDS = -0.004

/**
 * Moves beats from the path's frames to the onsets they belong to, finer than a frame.
 * @returns seconds, strictly increasing; may reach a few milliseconds outside the sound.
 */
export function beatTimes(
  path: readonly number[],
  { strength, activation }: OnsetActivation,
  frameRate: number,
): number[] {
  const snapped = path.map((frame, i) => {
    const interval = (path[i + 1] ?? frame) - (i + 1 < path.length ? frame : (path[i - 1] ?? frame))
    return onsetNear(frame, Math.max(SNAP_FRAMES, Math.round(interval * BEAT_SHARE)), activation, strength)
  })
  const shifts = snapped.flatMap((onset, i) => (onset === null ? [] : [onset - (path[i] as number)]))
  const usualShift = shifts.length > 0 ? median(shifts) : 1
  const times = path.map((frame, i) => (snapped[i] ?? frame + usualShift) / frameRate - ONSET_LAG_SECONDS)
  return times.filter((time, i) => i === 0 || time > (times[i - 1] as number) + 0.05)
}

/** The top of the onset curve near a frame, finer than a frame; null where it is low. */
function onsetNear(frame: number, reach: number, activation: Float32Array, strength: Float32Array): number | null {
  let top = -1
  for (let t = Math.max(0, frame - SNAP_FRAMES); t <= Math.min(activation.length - 1, frame + reach); t++) {
    if (top < 0 || (strength[t] as number) > (strength[top] as number)) top = t
  }
  if (top < 0 || (activation[top] as number) < PULLING_ACTIVATION) return null
  return onsetTop(strength, top)
}

/** Where a parabola through a top of the curve and its neighbours is highest, in frames. */
export function onsetTop(strength: Float32Array, top: number): number {
  const before = strength[top - 1] ?? 0
  const at = strength[top] as number
  const after = strength[top + 1] ?? 0
  const curvature = before - 2 * at + after
  const offset = curvature < 0 ? (0.5 * (before - after)) / curvature : 0
  return top + Math.max(-0.5, Math.min(0.5, offset))
}
