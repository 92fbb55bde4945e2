import { BEAT_SHARE } from './beat-path.ts'
import { median } from './f-measure.ts'
import type { OnsetActivation } from './onset-activation.ts'
import { onsetTime } from './onset-times.ts'

/** The path is moved to the strongest onset within 3 frames, or anywhere in the part of the beat that expects it. */
const SNAP_FRAMES = 3
/** Weaker onsets do not pull: the steady path is the better guess there. */
const PULLING_ACTIVATION = 0.15
/** Beats without an onset are moved as most others are; by so much where no beat has one. */
const USUAL_SHIFT_FRAMES = 1.4

/**
 * Moves beats from the path's frames to the onsets they belong to, finer than a frame.
 * @returns seconds, strictly increasing; may reach a few milliseconds outside the sound.
 */
export function beatTimes(path: readonly number[], onsets: OnsetActivation, frameRate: number): number[] {
  const snapped = path.map((frame, i) => {
    const interval = (path[i + 1] ?? frame) - (i + 1 < path.length ? frame : (path[i - 1] ?? frame))
    const top = topNear(frame, Math.max(SNAP_FRAMES, Math.round(interval * BEAT_SHARE)), onsets)
    return top === null ? null : onsetTime(top, onsets, frameRate)
  })
  const shifts = snapped.flatMap((time, i) => (time === null ? [] : [time - (path[i] as number) / frameRate]))
  const usualShift = shifts.length > 0 ? median(shifts) : USUAL_SHIFT_FRAMES / frameRate
  const times = path.map((frame, i) => snapped[i] ?? frame / frameRate + usualShift)
  return times.filter((time, i) => i === 0 || time > (times[i - 1] as number) + 0.05)
}

/** The top of the onset curve near a frame; null where it is low. */
function topNear(frame: number, reach: number, { strength, activation }: OnsetActivation): number | null {
  let top = -1
  for (let t = Math.max(0, frame - SNAP_FRAMES); t <= Math.min(activation.length - 1, frame + reach); t++) {
    if (top < 0 || (strength[t] as number) > (strength[top] as number)) top = t
  }
  return top < 0 || (activation[top] as number) < PULLING_ACTIVATION ? null : top
}
