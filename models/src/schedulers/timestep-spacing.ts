import { linspace } from './flow-schedule.ts'
import { TRAINING_STEPS } from './training-noise.ts'

export const SPACINGS = ['linspace', 'leading', 'trailing'] as const
export type Spacing = (typeof SPACINGS)[number]

/**
 * How schedulers differ in what a spacing means: the multistep solvers leave out the last of one step more, and only
 * Euler's keep fractions.
 */
export type SpacingStyle = 'euler' | 'single' | 'multistep'

/**
 * The timesteps of a run among the 1000 of training, falling.
 * @param offset added with `leading`.
 */
export function spacedTimesteps(spacing: Spacing, style: SpacingStyle, steps: number, offset: number): number[] {
  const more = style === 'multistep' ? 1 : 0
  switch (spacing) {
    case 'linspace': {
      const even = linspace(0, TRAINING_STEPS - 1, steps + more).reverse()
      return (style === 'euler' ? even : even.map(roundHalfEven)).slice(0, steps)
    }
    case 'leading': {
      const ratio = Math.floor(TRAINING_STEPS / (steps + more))
      return Array.from({ length: steps }, (_, i) => (steps - 1 - i + more) * ratio + offset)
    }
    case 'trailing': {
      // numpy's arange works its step out from its first two values, which decides ties at 48 and 96 steps.
      const distance = TRAINING_STEPS - TRAINING_STEPS / steps - TRAINING_STEPS
      return Array.from({ length: steps }, (_, i) => roundHalfEven(TRAINING_STEPS + i * distance) - 1)
    }
  }
}

/** Rounds ties to the even neighbour, as numpy does. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
