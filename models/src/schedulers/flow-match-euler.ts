import type { FlowSchedule } from './flow-schedule.ts'
import { mixNoise } from './noise-level.ts'
import { assertSameLength, type Scheduler } from './scheduler.ts'

/**
 * Euler's method along the flow: `x ← x + (σ' − σ)·v`, the model's output being `v = noise − x0`; or, stochastic, each
 * estimate of the clean sample noised afresh: `x ← (1 − σ')·x0 + σ'·noise`.
 */
export function flowMatchEuler({ sigmas, timesteps }: FlowSchedule, { stochastic = false } = {}): Scheduler {
  function estimate(i: number, sample: Float32Array, output: Float32Array, target: Float32Array): Float32Array {
    const sigma = sigmas[i]!
    for (let k = 0; k < sample.length; k++) target[k] = sample[k]! - sigma * output[k]!
    return target
  }
  return {
    sigmas,
    timesteps,
    initialScale: 1,
    step(i, sample, output, draw) {
      assertSameLength(sample, output)
      if (stochastic) {
        const next = sigmas[i + 1]!
        return mixNoise({ signal: 1 - next, noise: next }, estimate(i, sample, output, sample), draw(), sample)
      }
      const distance = sigmas[i + 1]! - sigmas[i]!
      for (let k = 0; k < sample.length; k++) sample[k]! += distance * output[k]!
      return sample
    },
    estimate,
    addNoise: (i, clean, noise, target) =>
      mixNoise({ signal: 1 - sigmas[i]!, noise: sigmas[i]! }, clean, noise, target),
  }
}
