import { AppError } from '@beatloom/core'
import type { Prediction } from './noise-level.ts'
import { SPACINGS, type Spacing } from './timestep-spacing.ts'
import { BETA_SCHEDULES, TRAINING_STEPS, type TrainingNoise } from './training-noise.ts'
import type { VpSpacing } from './vp-schedule.ts'

/** A model's `scheduler_config.json`, as it was read. */
export type SchedulerConfig = Readonly<Record<string, unknown>>

/** Keys of a config one by one: absent ones take diffusers' default, keys that nobody asks for are ignored. */
export class ConfigReader {
  readonly #config: SchedulerConfig
  constructor(config: SchedulerConfig) {
    this.#config = config
  }

  has(key: string): boolean {
    return this.#config[key] !== undefined && this.#config[key] !== null
  }

  /** @throws {AppError} `model_invalid` for a value that is no number. */
  number(key: string, fallback: number): number {
    const value = this.#config[key]
    if (value === undefined || value === null) return fallback
    if (typeof value === 'number' && Number.isFinite(value)) return value
    throw this.#wrong(key, (found) => `In scheduler_config.json, ${key} must be a number; it is ${found}.`)
  }

  /** @throws {AppError} `model_invalid` for a value that is neither true nor false. */
  flag(key: string, fallback: boolean): boolean {
    const value = this.#config[key]
    if (value === undefined || value === null) return fallback
    if (typeof value === 'boolean') return value
    throw this.#wrong(key, (found) => `In scheduler_config.json, ${key} must be true or false; it is ${found}.`)
  }

  /** @throws {AppError} `model_invalid` for a value that is not among `choices`. */
  choice<const Choice extends string>(key: string, choices: readonly Choice[], fallback: Choice): Choice {
    const value = this.#config[key]
    if (value === undefined || value === null) return fallback
    const found = choices.find((choice) => choice === value)
    if (found !== undefined) return found
    throw this.#wrong(
      key,
      (found) => `In scheduler_config.json, ${key} must be one of ${choices.join(', ')}; it is ${found}.`,
      choices,
    )
  }

  /** @throws {AppError} `model_invalid` for a value that is no list of numbers. */
  numbers(key: string): number[] | null {
    const value = this.#config[key]
    if (value === undefined || value === null) return null
    if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return value as number[]
    throw this.#wrong(key, (found) => `In scheduler_config.json, ${key} must be a list of numbers; it is ${found}.`)
  }

  #wrong(key: string, sentence: (found: string) => string, valid?: readonly string[]): AppError {
    const found = JSON.stringify(this.#config[key]).slice(0, 60)
    return new AppError('model_invalid', sentence(found), { details: valid ? { key, valid: [...valid] } : { key } })
  }
}

const PREDICTIONS = { flow_prediction: 'flow', epsilon: 'epsilon', v_prediction: 'v', sample: 'sample' } as const

/** Without a word on it, a config with a beta schedule is diffusers' default, noise prediction; any other is flow. */
export function predictionIn(config: ConfigReader): Prediction {
  const isNoise = config.has('beta_start') && !config.flag('use_flow_sigmas', false)
  const names = Object.keys(PREDICTIONS) as (keyof typeof PREDICTIONS)[]
  return PREDICTIONS[config.choice('prediction_type', names, isNoise ? 'epsilon' : 'flow_prediction')]
}

/** How noise grew in training. Consistency models alone default to Stable Diffusion's schedule. */
export function trainingNoiseIn(config: ConfigReader, isConsistency = false): TrainingNoise {
  const steps = config.number('num_train_timesteps', TRAINING_STEPS)
  if (steps !== TRAINING_STEPS) {
    throw new AppError('model_invalid', `Models trained with ${steps} timesteps cannot be sampled, only with 1000.`)
  }
  return {
    betaStart: config.number('beta_start', isConsistency ? 0.00085 : 0.0001),
    betaEnd: config.number('beta_end', isConsistency ? 0.012 : 0.02),
    betaSchedule: config.choice('beta_schedule', BETA_SCHEDULES, isConsistency ? 'scaled_linear' : 'linear'),
    trainedBetas: config.numbers('trained_betas'),
    zeroTerminal: config.flag('rescale_betas_zero_snr', false),
  }
}

export function vpSpacingIn(config: ConfigReader): VpSpacing {
  return {
    ...trainingNoiseIn(config),
    ...spacingIn(config, 'linspace'),
    karras: config.flag('use_karras_sigmas', false),
    finalSigma: config.choice('final_sigmas_type', ['zero', 'sigma_min'], 'zero'),
  }
}

export function spacingIn(config: ConfigReader, fallback: Spacing): { spacing: Spacing; offset: number } {
  return {
    spacing: config.choice('timestep_spacing', SPACINGS, fallback),
    offset: config.number('steps_offset', 0),
  }
}

/** How far estimates of the clean sample may reach; null where they are not held. */
export const clipIn = (config: ConfigReader): number | null =>
  config.flag('clip_sample', true) ? config.number('clip_sample_range', 1) : null
