/**
 * Noise levels of flow matching: `x_σ = (1 − σ)·x0 + σ·noise`, 1000 training steps. The rules differ between code
 * bases, and the order of operations decides truncation ties, so each is written as its source computes it.
 */

/** `count` values from `start` to `end`, in numpy's order of operations. */
export function linspace(start: number, end: number, count: number): number[] {
  const step = (end - start) / (count - 1)
  return Array.from({ length: count }, (_, i) => (count === 1 ? start : i * step + start))
}

/** The timestep shift of flow matching: `k·σ / (1 + (k − 1)·σ)`. */
export function shiftSigma(sigma: number, shift: number): number {
  return (shift * sigma) / (1 + (shift - 1) * sigma)
}

/** A falling list of noise levels closed by 0, and what the model is told at each. */
export interface FlowSchedule {
  sigmas: number[]
  timesteps: number[]
}

/**
 * How noise levels are chosen.
 * - `wan`: Wan's own UniPC and diffusers' up to 0.36; starts at .999, timesteps truncated to integers.
 * - `diffusers`: diffusers' UniPC from 0.37; starts just under 1, timesteps truncated to integers.
 * - `wan-dpm`: Wan's own DPM-Solver++; starts at 1, timesteps truncated to integers.
 * - `explicit`: FlowMatch Euler given `linspace(1, 0, n + 1)` without its end; timesteps 1000·σ.
 * - `double-shift`: FlowMatch Euler's own `set_timesteps(n)`, which shifts twice; timesteps 1000·σ.
 */
export type FlowRule = 'wan' | 'diffusers' | 'wan-dpm' | 'explicit' | 'double-shift'

export function flowSchedule(rule: FlowRule, steps: number, shift: number): FlowSchedule {
  const shifted = baseSigmas(rule, steps, shift).map((sigma) => shiftSigma(sigma, shift))
  // At σ = 1 the log signal-to-noise ratio is infinite, which UniPC cannot divide by.
  if (rule === 'diffusers' && Math.abs(shifted[0]! - 1) < 1e-6) shifted[0]! -= 1e-6
  const integers = rule === 'wan' || rule === 'diffusers' || rule === 'wan-dpm'
  return {
    sigmas: [...shifted, 0],
    timesteps: shifted.map((sigma) => (integers ? Math.trunc(sigma * 1000) : sigma * 1000)),
  }
}

function baseSigmas(rule: FlowRule, steps: number, shift: number): number[] {
  switch (rule) {
    case 'wan':
      // Wan keeps its largest level as a float32.
      return linspace(Math.fround(0.999), 0, steps + 1).slice(0, -1)
    case 'diffusers':
      return linspace(1, 0.001, steps + 1).slice(0, -1)
    case 'wan-dpm':
    case 'explicit':
      return linspace(1, 0, steps + 1).slice(0, -1)
    case 'double-shift':
      return linspace(1, shiftSigma(0.001, shift), steps)
  }
}
