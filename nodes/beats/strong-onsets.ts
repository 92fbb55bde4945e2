import type { OnsetActivation } from './onset-activation.ts'
import { onsetTime } from './onset-times.ts'

/** Weaker tops are mostly ripple: white noise, which has no onsets, has two tops in 3 s above this. */
const LEAST_ACTIVATION = 0.3
/** Never more than eight a second. */
const LEAST_GAP_SECONDS = 0.125
/** A top is the highest within so many frames on either side: 30 ms, as onset detection has it. */
const TOP_REACH = 3

/**
 * The moments at which something clearly begins to sound: tops of the onset curve, the strongest first where they
 * crowd, at least 125 ms apart.
 * @returns seconds, ascending.
 */
export function strongOnsets(onsets: OnsetActivation, frameRate: number): number[] {
  const { strength, activation } = onsets
  const tops: number[] = []
  for (let t = 0; t < strength.length; t++) {
    if ((activation[t] as number) >= LEAST_ACTIVATION && isTop(strength, t)) tops.push(t)
  }
  tops.sort((a, b) => (strength[b] as number) - (strength[a] as number) || a - b)
  const reach = Math.ceil(LEAST_GAP_SECONDS * frameRate)
  const taken = new Uint8Array(strength.length)
  const kept = tops.flatMap((top) => {
    const time = onsetTime(top, onsets, frameRate)
    const frame = Math.max(0, Math.min(strength.length - 1, Math.round(time * frameRate)))
    if (taken[frame] === 1) return []
    // A frame more on both sides, since times are finer than a frame.
    taken.fill(1, Math.max(0, frame - reach), frame + reach + 1)
    return [time]
  })
  return kept.sort((a, b) => a - b)
}

function isTop(strength: Float32Array, t: number): boolean {
  const value = strength[t] as number
  for (let i = Math.max(0, t - TOP_REACH); i <= Math.min(strength.length - 1, t + TOP_REACH); i++) {
    const other = strength[i] as number
    if (other > value || (other === value && i < t)) return false
  }
  return true
}
