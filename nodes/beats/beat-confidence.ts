import type { OnsetActivation } from './onset-activation.ts'

/** Samples of the onset curve in each beat. */
const STEPS = 16
/**
 * What repeats by chance: a part that shrinks as the sound grows longer, up to a most for those of a few seconds, and
 * one that stays, since the beats went where the onsets are. From 10 synthetic voices and 10 rows of random plucks of
 * 8 to 60 s, which stay below 0.15 for the most part, while the music of the bench lies above.
 */
const CHANCE = 3.9
const MOST_CHANCE = 0.45
const BIAS = 0.014
/** Onset curves one beat wide are compared with those one to four beats on. */
const MOST_BEATS = 4

/**
 * 0 … 1: how far onsets repeat from beat to beat, and how far they sit on the beats rather than between. The curve is
 * read along the beats, so that a tempo that changes counts for as much as a steady one.
 * @param times beats in seconds.
 */
export function beatConfidence(
  times: readonly number[],
  { strength, activation }: OnsetActivation,
  frameRate: number,
): number {
  if (times.length < 2) return 0
  const periodicity = repetition(alongBeats(times, strength, frameRate))
  let onBeat = 0
  for (const time of times) onBeat += mostNear(activation, Math.round(time * frameRate)) / times.length
  // Even noise repeats by chance: the correlation of unrelated curves scatters with 1/√(independent values), and
  // neighbouring frames share a window, so about six make one. That the beats went where the onsets are adds to it.
  const overlap = ((times.at(-1) as number) - (times[0] as number)) * frameRate
  const chance = Math.min(MOST_CHANCE, CHANCE * Math.sqrt(6 / Math.max(6, overlap))) + BIAS
  return Math.min(1, Math.sqrt(Math.max(0, periodicity - chance) * onBeat))
}

/** The onset curve from the first beat to the last, `STEPS` samples a beat, each the mean of what it stands for. */
function alongBeats(times: readonly number[], strength: Float32Array, frameRate: number): Float32Array {
  const sums = new Float64Array(strength.length + 1)
  for (let t = 0; t < strength.length; t++) sums[t + 1] = (sums[t] as number) + (strength[t] as number)
  const upTo = (frame: number) => {
    const at = Math.min(strength.length, Math.max(0, frame))
    const whole = Math.floor(at)
    return (sums[whole] as number) + (at - whole) * (strength[whole] ?? 0)
  }
  const curve = new Float32Array((times.length - 1) * STEPS)
  for (let i = 0; i < curve.length; i++) {
    const beat = Math.floor(i / STEPS)
    const start = times[beat] as number
    const step = ((times[beat + 1] as number) - start) / STEPS
    const from = (start + ((i % STEPS) - 0.5) * step) * frameRate
    const width = step * frameRate
    // Frame t covers t − ½ … t + ½.
    curve[i] = (upTo(from + 0.5 + width) - upTo(from + 0.5)) / width
  }
  return curve
}

/** Mean correlation of the curve with itself one to four beats on, weighted 1/√beats. */
function repetition(curve: Float32Array): number {
  let mean = 0
  for (const value of curve) mean += value / curve.length
  let energy = 0
  for (const value of curve) energy += (value - mean) ** 2 / curve.length
  if (energy < 1e-9) return 0
  let sum = 0
  let weights = 0
  for (let beats = 1; beats <= MOST_BEATS && beats * STEPS < curve.length; beats++) {
    const lag = beats * STEPS
    let product = 0
    for (let i = lag; i < curve.length; i++)
      product += ((curve[i] as number) - mean) * ((curve[i - lag] as number) - mean)
    sum += product / (curve.length - lag) / energy / Math.sqrt(beats)
    weights += 1 / Math.sqrt(beats)
  }
  return weights === 0 ? 0 : Math.max(0, sum / weights)
}

function mostNear(activation: Float32Array, frame: number): number {
  let most = 0
  for (let t = Math.max(0, frame - 2); t <= Math.min(activation.length - 1, frame + 2); t++) {
    most = Math.max(most, activation[t] as number)
  }
  return most
}
