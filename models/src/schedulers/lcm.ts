import { AppError } from '@beatloom/core'
import { levelOfShare } from './ddim.ts'
import { hold, mixNoise, type Prediction, toClean } from './noise-level.ts'
import { assertSameLength, type Scheduler } from './scheduler.ts'
import { sigmaOf, TRAINING_STEPS } from './training-noise.ts'

export interface LcmOptions {
  timesteps: number[]
  /** `ᾱ` of each training step. */
  shares: readonly number[]
  prediction: Exclude<Prediction, 'flow'>
  /** Estimates of the clean sample are kept within ± this. */
  clip: number | null
  /** Timesteps count this many times in the boundary condition. */
  timestepScaling: number
}

/** Standard deviation of the data in the boundary condition, squared. */
const DATA_VARIANCE = 0.25

/**
 * The timesteps of a consistency model: of those it was distilled at, evenly chosen ones.
 * @param originalSteps how many it was distilled at, 50 as a rule.
 * @param strength only this share of them, the less noisy ones, 0 … 1.
 * @throws {AppError} `input_invalid` for more steps than there are.
 */
export function lcmTimesteps(steps: number, originalSteps: number, strength = 1): number[] {
  const ratio = Math.floor(TRAINING_STEPS / originalSteps)
  const count = Math.floor(originalSteps * strength)
  if (steps > count) {
    throw new AppError(
      'input_invalid',
      `This model was distilled for at most ${count} steps here; ${steps} were asked.`,
    )
  }
  return Array.from({ length: steps }, (_, j) => (count - Math.floor((j * count) / steps)) * ratio - 1)
}

/** Multistep sampling of latent consistency models (Luo et al. 2023, algorithm 3; boundary condition of appendix D). */
export function lcm({ timesteps, shares, prediction, clip, timestepScaling }: LcmOptions): Scheduler {
  const levelAt = (i: number) => levelOfShare(shares[timesteps[i]!]!)
  function denoised(i: number, sample: Float32Array, output: Float32Array, target: Float32Array): Float32Array {
    const scaled = timesteps[i]! * timestepScaling
    const skip = DATA_VARIANCE / (scaled ** 2 + DATA_VARIANCE)
    const out = scaled / Math.sqrt(scaled ** 2 + DATA_VARIANCE)
    hold(toClean(levelAt(i), prediction, sample, output, target), clip)
    for (let k = 0; k < target.length; k++) target[k] = out * target[k]! + skip * sample[k]!
    return target
  }
  return {
    timesteps,
    sigmas: [...timesteps.map((t) => sigmaOf(shares[t]!)), 0],
    initialScale: 1,
    step(i, sample, output, draw) {
      assertSameLength(sample, output)
      const estimated = denoised(i, sample, output, new Float32Array(sample.length))
      if (i < timesteps.length - 1) mixNoise(levelAt(i + 1), estimated, draw(), sample)
      else sample.set(estimated)
      return sample
    },
    estimate: denoised,
    addNoise: (i, picture, noise, target) => mixNoise(levelAt(i), picture, noise, target),
  }
}
