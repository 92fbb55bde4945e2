import { linspace } from './flow-schedule.ts'

interface VpConfig {
  betaStart: number
  betaEnd: number
  betaSchedule: 'linear' | 'scaled_linear'
}

/**
 * The variance-preserving noise levels of Stable Diffusion as diffusers' UniPC spaces them (`linspace`):
 * `n + 1` rounded timesteps from 999 down, the last dropped.
 */
export function vpSchedule(config: VpConfig, steps: number): { sigmas: number[]; timesteps: number[] } {
  const table = sigmaTable(config)
  const timesteps = linspace(0, 999, steps + 1)
    .map(roundHalfEven)
    .reverse()
    .slice(0, -1)
  return { timesteps, sigmas: [...timesteps.map((t) => table[t]!), 0] }
}

/** `√((1 − ᾱ) / ᾱ)` for each of the 1000 training steps. */
function sigmaTable({ betaStart, betaEnd, betaSchedule }: VpConfig): number[] {
  const betas =
    betaSchedule === 'linear'
      ? linspace(betaStart, betaEnd, 1000)
      : linspace(Math.sqrt(betaStart), Math.sqrt(betaEnd), 1000).map((root) => root * root)
  let kept = 1
  return betas.map((beta) => {
    kept *= 1 - beta
    return Math.sqrt((1 - kept) / kept)
  })
}

/** Rounds ties to the even neighbour, as numpy does. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
