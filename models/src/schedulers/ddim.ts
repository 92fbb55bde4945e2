import { hold, mixNoise, type Prediction, toClean, toNoise } from './noise-level.ts'
import { assertSameLength, type Scheduler } from './scheduler.ts'
import { sigmaOf, TRAINING_STEPS } from './training-noise.ts'

export interface DdimOptions {
  timesteps: number[]
  /** `ᾱ` of each training step. */
  shares: readonly number[]
  prediction: Exclude<Prediction, 'flow'>
  /** 0: no noise is added on the way; 1: as much as in ancestral sampling. */
  eta: number
  /** Estimates of the clean sample are kept within ± this. */
  clip: number | null
  /** `ᾱ` after the last step. */
  finalShare: number
}

export const levelOfShare = (share: number) => ({ signal: Math.sqrt(share), noise: Math.sqrt(1 - share) })

/** DDIM (Song et al. 2021, "Denoising Diffusion Implicit Models", eq. 12 and 16). */
export function ddim({ timesteps, shares, prediction, eta, clip, finalShare }: DdimOptions): Scheduler {
  const ratio = Math.floor(TRAINING_STEPS / timesteps.length)
  const levelAt = (i: number) => levelOfShare(shares[timesteps[i]!]!)
  const clean = (i: number, sample: Float32Array, output: Float32Array, target: Float32Array): Float32Array =>
    hold(toClean(levelAt(i), prediction, sample, output, target), clip)
  return {
    timesteps,
    sigmas: [...timesteps.map((t) => sigmaOf(shares[t]!)), 0],
    initialScale: 1,
    step(i, sample, output, draw) {
      assertSameLength(sample, output)
      const level = levelAt(i)
      const estimated = clean(i, sample, output, new Float32Array(sample.length))
      // One even stride down, whatever the spacing is: as in the reference.
      const next = timesteps[i]! - ratio
      const [share, after] = [shares[timesteps[i]!]!, next >= 0 ? shares[next]! : finalShare]
      const spread = eta * Math.sqrt(((1 - after) / (1 - share)) * (1 - share / after))
      const along = Math.sqrt(Math.max(0, 1 - after - spread ** 2))
      const noise = eta > 0 ? draw() : null
      for (let k = 0; k < sample.length; k++) {
        const direction = along * toNoise(level, prediction, sample[k]!, output[k]!)
        sample[k] = Math.sqrt(after) * estimated[k]! + direction + (noise ? spread * noise[k]! : 0)
      }
      return sample
    },
    estimate: clean,
    addNoise: (i, picture, noise, target) => mixNoise(levelAt(i), picture, noise, target),
  }
}
