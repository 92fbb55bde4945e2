import type { FlowSchedule } from './flow-schedule.ts'
import { assertSameLength, type Scheduler } from './scheduler.ts'

/** Euler's method along the flow: `x ← x + (σ' − σ)·v`, the model's output being `v = noise − x0`. */
export function flowMatchEuler({ sigmas, timesteps }: FlowSchedule): Scheduler {
  return {
    sigmas,
    timesteps,
    initialScale: 1,
    step(i, sample, output) {
      assertSameLength(sample, output)
      const distance = sigmas[i + 1]! - sigmas[i]!
      for (let k = 0; k < sample.length; k++) sample[k]! += distance * output[k]!
      return sample
    },
    estimate(i, sample, output, target) {
      const sigma = sigmas[i]!
      for (let k = 0; k < sample.length; k++) target[k] = sample[k]! - sigma * output[k]!
      return target
    },
  }
}
