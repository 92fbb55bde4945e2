import { type Prediction, toClean } from './noise-level.ts'
import { assertSameLength, type Scheduler } from './scheduler.ts'

export interface EulerOptions {
  sigmas: number[]
  timesteps: number[]
  prediction: Exclude<Prediction, 'flow'>
  /** Goes further down than the next level and comes back up with fresh noise. */
  ancestral: boolean
  /** Whether the first sample also counts the picture's own variance of 1 (`leading`). */
  countsSignal: boolean
}

/**
 * Euler's method on `x = clean + σ · noise`, plain (Karras et al. 2022, algorithm 2 without churn) or ancestral
 * (k-diffusion's). Samples here are not variance preserving; the model's input is scaled so that it is.
 */
export function eulerSolver({ sigmas, timesteps, prediction, ancestral, countsSignal }: EulerOptions): Scheduler {
  const largest = Math.max(...sigmas)
  const scaled = (i: number) => 1 / Math.sqrt(sigmas[i]! ** 2 + 1)
  /** At call `i` for the sample as it is kept here, before scaling. */
  function clean(i: number, sample: Float32Array, output: Float32Array, target: Float32Array): Float32Array {
    const [sigma, scale] = [sigmas[i]!, scaled(i)]
    if (prediction === 'epsilon') return toClean({ signal: 1, noise: sigma }, 'epsilon', sample, output, target)
    // v and clean samples are said of the scaled input.
    return toClean({ signal: scale * scale, noise: sigma * scale }, prediction, sample, output, target)
  }
  return {
    sigmas,
    timesteps,
    initialScale: countsSignal ? Math.sqrt(largest ** 2 + 1) : largest,
    scaleInput(i, sample, target) {
      const scale = scaled(i)
      for (let k = 0; k < sample.length; k++) target[k] = sample[k]! * scale
      return target
    },
    step(i, sample, output, draw) {
      assertSameLength(sample, output)
      const [from, to] = [sigmas[i]!, sigmas[i + 1]!]
      const up = ancestral ? Math.sqrt((to ** 2 * (from ** 2 - to ** 2)) / from ** 2) : 0
      const down = ancestral ? Math.sqrt(to ** 2 - up ** 2) : to
      // Drawn at the last step too, where it counts nothing, as the reference does.
      const noise = ancestral ? draw() : null
      const estimated = clean(i, sample, output, new Float32Array(sample.length))
      const distance = (down - from) / from
      for (let k = 0; k < sample.length; k++) {
        const x = sample[k]!
        sample[k] = x + (x - estimated[k]!) * distance + (noise ? noise[k]! * up : 0)
      }
      return sample
    },
    estimate: clean,
    addNoise(i, picture, noise, target) {
      for (let k = 0; k < picture.length; k++) target[k] = picture[k]! + sigmas[i]! * noise[k]!
      return target
    },
  }
}
