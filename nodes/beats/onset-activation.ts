import type { Attacks } from './attacks.ts'
import type { SoundFeatures } from './sound-features.ts'

/** Local statistics are taken over ±2 s. */
const NEIGHBOURHOOD_SECONDS = 2
/** How much each flux band counts: low, mid, high. */
const BAND_WEIGHTS = [2, 1.5, 0.6] as const
/** The strength that maps to an activation of one half. */
const HALF_STRENGTH = 3

export interface OnsetActivation {
  /** Onset strength in local deviations, ≥ 0; at the features' frame rate. */
  strength: Float32Array
  /** The same squeezed into 0 … 1: how likely something begins in this frame. */
  activation: Float32Array
  /** Where in each frame's hop the sound begins most sharply. */
  attacks: Attacks
}

/**
 * Joins the three flux bands into one curve that rises as much for a quiet verse as for a loud chorus: each band has
 * its local mean subtracted and is divided by its local deviation, with a floor from the whole track so that near
 * silence is not blown up.
 */
export function onsetActivation(features: SoundFeatures): OnsetActivation {
  const { frameCount, frameRate } = features
  const strength = new Float32Array(frameCount)
  const reach = Math.round(NEIGHBOURHOOD_SECONDS * frameRate)
  const weightSum = BAND_WEIGHTS.reduce((sum, weight) => sum + weight, 0)
  features.flux.forEach((flux, band) => {
    const weight = (BAND_WEIGHTS[band] as number) / weightSum
    const floor = 0.4 * deviationOf(flux)
    const { mean, deviation } = localStatistics(flux, reach)
    for (let t = 0; t < frameCount; t++) {
      const scale = Math.max(deviation[t] as number, floor, 1e-3)
      strength[t] = (strength[t] as number) + weight * Math.max(0, ((flux[t] as number) - (mean[t] as number)) / scale)
    }
  })
  const activation = strength.map((value) => (value * value) / (value * value + HALF_STRENGTH * HALF_STRENGTH))
  return { strength, activation, attacks: features.attacks }
}

function deviationOf(values: Float32Array): number {
  let sum = 0
  let squares = 0
  for (const value of values) {
    sum += value
    squares += value * value
  }
  const count = Math.max(1, values.length)
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
}

/** Mean and deviation over `t - reach … t + reach`, cut off at the ends; by prefix sums. */
function localStatistics(values: Float32Array, reach: number): { mean: Float32Array; deviation: Float32Array } {
  const count = values.length
  const sums = new Float64Array(count + 1)
  const squares = new Float64Array(count + 1)
  for (let t = 0; t < count; t++) {
    const value = values[t] as number
    sums[t + 1] = (sums[t] as number) + value
    squares[t + 1] = (squares[t] as number) + value * value
  }
  const mean = new Float32Array(count)
  const deviation = new Float32Array(count)
  for (let t = 0; t < count; t++) {
    const from = Math.max(0, t - reach)
    const to = Math.min(count, t + reach + 1)
    const average = ((sums[to] as number) - (sums[from] as number)) / (to - from)
    const square = ((squares[to] as number) - (squares[from] as number)) / (to - from)
    mean[t] = average
    deviation[t] = Math.sqrt(Math.max(0, square - average * average))
  }
  return { mean, deviation }
}
