import { karrasSigmas, timestepOfSigma } from './karras.ts'
import { roundHalfEven, type Spacing, spacedTimesteps } from './timestep-spacing.ts'
import { sigmaOf, signalShares, type TrainingNoise } from './training-noise.ts'

export interface VpSpacing extends TrainingNoise {
  spacing: Spacing
  /** Added to timesteps that are spaced `leading`. */
  offset: number
  karras: boolean
  /** What the last step ends at: no noise, or the least of training. */
  finalSigma: 'zero' | 'sigma_min'
}

/** Falling noise levels closed by the final one, and what the model is told at each. */
export interface VpSchedule {
  sigmas: number[]
  timesteps: number[]
}

/** Variance-preserving noise levels as diffusers' multistep solvers (DPM-Solver++, UniPC) choose them. */
export function multistepSchedule(facts: VpSpacing, steps: number): VpSchedule {
  const table = signalShares(facts).map(sigmaOf)
  const last = facts.finalSigma === 'zero' ? 0 : table[0]!
  if (facts.karras) {
    const sigmas = karrasSigmas(table[0]!, table.at(-1)!, steps)
    return { sigmas: [...sigmas, last], timesteps: sigmas.map((sigma) => roundHalfEven(timestepOfSigma(sigma, table))) }
  }
  const timesteps = spacedTimesteps(facts.spacing, 'multistep', steps, facts.offset)
  return { timesteps, sigmas: [...timesteps.map((t) => table[t]!), last] }
}

/** The same for Euler's: fractions of timesteps stay, and Karras levels lie between those of the spacing. */
export function eulerSchedule(facts: VpSpacing, steps: number): VpSchedule {
  const table = signalShares(facts).map(sigmaOf)
  const last = facts.finalSigma === 'zero' ? 0 : table[0]!
  const timesteps = spacedTimesteps(facts.spacing, 'euler', steps, facts.offset)
  const sigmas = timesteps.map((t) => between(table, t))
  if (!facts.karras) return { timesteps, sigmas: [...sigmas, last] }
  const spread = karrasSigmas(sigmas.at(-1)!, sigmas[0]!, steps)
  return { sigmas: [...spread, last], timesteps: spread.map((sigma) => timestepOfSigma(sigma, table)) }
}

function between(table: readonly number[], t: number): number {
  const low = Math.min(Math.floor(t), table.length - 1)
  const high = Math.min(low + 1, table.length - 1)
  return table[low]! + (table[high]! - table[low]!) * (t - low)
}
