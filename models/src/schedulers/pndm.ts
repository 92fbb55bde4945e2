import { levelOfShare } from './ddim.ts'
import { mixNoise, toClean, toNoise } from './noise-level.ts'
import { assertSameLength, type Scheduler } from './scheduler.ts'
import { type Spacing, spacedTimesteps } from './timestep-spacing.ts'
import { sigmaOf, TRAINING_STEPS } from './training-noise.ts'

export interface PndmOptions {
  steps: number
  spacing: Spacing
  offset: number
  /** `ᾱ` of each training step. */
  shares: readonly number[]
  prediction: 'epsilon' | 'v'
  /** `ᾱ` after the last step. */
  finalShare: number
}

/** Adams–Bashforth weights of the last outputs, newest first. */
const WEIGHTS = [[1], [3 / 2, -1 / 2], [23 / 12, -16 / 12, 5 / 12], [55 / 24, -59 / 24, 37 / 24, -9 / 24]] as const

/** One call more than steps: the second timestep is visited twice. */
export function pndmTimesteps(steps: number, spacing: Spacing, offset: number): number[] {
  const even = spacedTimesteps(spacing, 'single', steps, offset)
  return steps < 2 ? even : [even[0]!, even[1]!, ...even.slice(1)]
}

/**
 * PNDM without its Runge–Kutta start, called PLMS (Liu et al. 2022, "Pseudo Numerical Methods for Diffusion Models on
 * Manifolds"): the first interval is walked twice, the second time with the mean of the outputs at both its ends.
 */
export function pndm({ steps, spacing, offset, shares, prediction, finalShare }: PndmOptions): Scheduler {
  const timesteps = pndmTimesteps(steps, spacing, offset)
  const ratio = Math.floor(TRAINING_STEPS / steps)
  const levelAt = (i: number) => levelOfShare(shares[timesteps[i]!]!)
  /** Model outputs, newest first. */
  const outputs: Float32Array[] = []
  let firstSample: Float32Array | null = null
  let calls = 0

  function transfer(sample: Float32Array, t: number, next: number, mean: (k: number) => number): void {
    const share = shares[t]!
    const after = next >= 0 ? shares[next]! : finalShare
    const keep = Math.sqrt(after / share)
    const scale = share * Math.sqrt(1 - after) + Math.sqrt(share * (1 - share) * after)
    const pull = (after - share) / scale
    const level = levelOfShare(share)
    for (let k = 0; k < sample.length; k++) {
      const x = sample[k]!
      sample[k] = keep * x - pull * toNoise(level, prediction, x, mean(k))
    }
  }

  return {
    timesteps,
    sigmas: [...timesteps.map((t) => sigmaOf(shares[t]!)), 0],
    initialScale: 1,
    step(i, sample, output) {
      assertSameLength(sample, output)
      const t = timesteps[i]!
      if (calls++ === 1) {
        sample.set(firstSample!)
        transfer(sample, t + ratio, t, (k) => (output[k]! + outputs[0]![k]!) / 2)
        return sample
      }
      firstSample ??= sample.slice()
      outputs.unshift(output.slice())
      outputs.length = Math.min(outputs.length, WEIGHTS.length)
      const weights = WEIGHTS[outputs.length - 1]!
      transfer(sample, t, t - ratio, (k) => weights.reduce((sum, weight, age) => sum + weight * outputs[age]![k]!, 0))
      return sample
    },
    estimate: (i, sample, output, target) => toClean(levelAt(i), prediction, sample, output, target),
    addNoise: (i, picture, noise, target) => mixNoise(levelAt(i), picture, noise, target),
  }
}
