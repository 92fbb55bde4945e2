import { AppError } from '@beatloom/core'
import { linspace } from './flow-schedule.ts'

export const TRAINING_STEPS = 1000

export const BETA_SCHEDULES = ['linear', 'scaled_linear', 'squaredcos_cap_v2'] as const

export interface TrainingNoise {
  betaStart: number
  betaEnd: number
  betaSchedule: (typeof BETA_SCHEDULES)[number]
  /** In the place of a schedule: one value for each of the 1000 training steps. */
  trainedBetas: readonly number[] | null
  /** Shifted and stretched so that the last step keeps nothing of the picture (Lin et al. 2023, algorithm 1). */
  zeroTerminal: boolean
}

/**
 * The share of signal power, `ᾱ_t = Π (1 − β)`, that is left at each of the 1000 training steps.
 * @throws {AppError} `model_invalid` when trained betas are not 1000 numbers between 0 and 1.
 */
export function signalShares(facts: TrainingNoise): number[] {
  let kept = 1
  const shares = betasOf(facts).map((beta) => {
    kept *= 1 - beta
    return kept
  })
  if (!facts.zeroTerminal) return shares
  const roots = shares.map(Math.sqrt)
  const [first, last] = [roots[0]!, roots.at(-1)!]
  return roots.map((root) => (((root - last) * first) / (first - last)) ** 2)
}

/** `√((1 − ᾱ) / ᾱ)`. A step that keeps nothing counts as one that keeps 2⁻²⁴, as in diffusers. */
export function sigmaOf(share: number): number {
  const kept = share || 2 ** -24
  return Math.sqrt((1 - kept) / kept)
}

function betasOf({ betaStart, betaEnd, betaSchedule, trainedBetas }: TrainingNoise): number[] {
  if (trainedBetas) {
    const isFit = trainedBetas.length === TRAINING_STEPS && trainedBetas.every((beta) => beta > 0 && beta < 1)
    if (isFit) return [...trainedBetas]
    throw new AppError(
      'model_invalid',
      `The scheduler's trained_betas must be ${TRAINING_STEPS} numbers between 0 and 1.`,
    )
  }
  switch (betaSchedule) {
    case 'linear':
      return linspace(betaStart, betaEnd, TRAINING_STEPS)
    case 'scaled_linear':
      return linspace(Math.sqrt(betaStart), Math.sqrt(betaEnd), TRAINING_STEPS).map((root) => root * root)
    case 'squaredcos_cap_v2':
      return Array.from({ length: TRAINING_STEPS }, (_, t) => {
        const ratio = cosineShare((t + 1) / TRAINING_STEPS) / cosineShare(t / TRAINING_STEPS)
        return Math.min(1 - ratio, 0.999)
      })
  }
}

/** Nichol & Dhariwal 2021, eq. 17. */
const cosineShare = (time: number): number => Math.cos((((time + 0.008) / 1.008) * Math.PI) / 2) ** 2
