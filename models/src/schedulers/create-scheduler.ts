import { AppError } from '@beatloom/core'
import { flowMatchEuler } from './flow-match-euler.ts'
import { type FlowRule, flowSchedule } from './flow-schedule.ts'
import type { Scheduler } from './scheduler.ts'
import { type Prediction, uniPc } from './unipc.ts'
import { vpSchedule } from './vp-schedule.ts'

export const SCHEDULER_NAMES = ['flow-match-euler', 'unipc'] as const
export type SchedulerName = (typeof SCHEDULER_NAMES)[number]

export interface SchedulerOptions {
  steps: number
  /** Flow shift; without it the one in `config`, else 1. */
  shift?: number
  /** Which noise levels; without it `explicit` for Euler and `wan` for UniPC. */
  rule?: FlowRule
  /** Tell the model exactly 1000·σ even where the rule truncates. */
  exactTimesteps?: boolean
  /** A model's `scheduler_config.json`; keys that mean nothing here are ignored. */
  config?: Record<string, unknown>
}

/**
 * A scheduler for one denoising run.
 * @throws {AppError} `model_invalid` when the config asks for something not known here; `input_invalid` for bad steps.
 */
export function createScheduler(name: SchedulerName, options: SchedulerOptions): Scheduler {
  const { steps, config = {} } = options
  if (!Number.isInteger(steps) || steps < 1) {
    throw new AppError('input_invalid', `Sampling needs a whole number of steps, at least 1; it got ${steps}.`)
  }
  const shift = options.shift ?? numberIn(config, ['flow_shift', 'shift'], 1)
  if (name === 'flow-match-euler') return flowMatchEuler(flowSchedule(options.rule ?? 'explicit', steps, shift))
  const prediction = predictionIn(config)
  const schedule =
    prediction === 'flow'
      ? flowSchedule(options.rule ?? 'wan', steps, shift)
      : vpSchedule(
          {
            betaStart: numberIn(config, ['beta_start'], 0.0001),
            betaEnd: numberIn(config, ['beta_end'], 0.02),
            betaSchedule: config['beta_schedule'] === 'scaled_linear' ? 'scaled_linear' : 'linear',
          },
          steps,
        )
  // Explicit levels start at σ = 1, where UniPC's log signal-to-noise ratio is infinite.
  if (schedule.sigmas[0] === 1) schedule.sigmas[0] = 1 - 1e-6
  const timesteps =
    options.exactTimesteps && prediction === 'flow'
      ? schedule.sigmas.slice(0, -1).map((sigma) => sigma * 1000)
      : schedule.timesteps
  return uniPc({
    sigmas: schedule.sigmas,
    timesteps,
    prediction,
    order: Math.min(3, Math.max(1, numberIn(config, ['solver_order'], 2))),
    solver: config['solver_type'] === 'bh1' ? 'bh1' : 'bh2',
    lowerOrderFinal: config['lower_order_final'] !== false,
    disableCorrector: Array.isArray(config['disable_corrector']) ? config['disable_corrector'].map(Number) : [],
  })
}

/** How many of the timesteps belong to the high-noise expert: those at or above `boundary · 1000`. */
export function countHighNoiseSteps(timesteps: readonly number[], boundary: number): number {
  return timesteps.filter((t) => t >= boundary * 1000).length
}

function numberIn(config: Record<string, unknown>, keys: string[], fallback: number): number {
  for (const key of keys) {
    const value = config[key]
    if (typeof value === 'number' && Number.isFinite(value)) return value
  }
  return fallback
}

/** Without a word on it, a config with a beta schedule is diffusers' default, noise prediction; any other is flow. */
function predictionIn(config: Record<string, unknown>): Prediction {
  const named = config['prediction_type']
  if (named === 'v_prediction') return 'v'
  if (named === 'sample') return 'sample'
  if (named === 'epsilon') return 'epsilon'
  if (named === 'flow_prediction') return 'flow'
  if (named === undefined) return 'beta_start' in config && !config['use_flow_sigmas'] ? 'epsilon' : 'flow'
  throw new AppError('model_invalid', `The scheduler's prediction_type "${String(named)}" is not known.`, {
    details: { valid: ['flow_prediction', 'epsilon', 'v_prediction', 'sample'] },
  })
}
