import { AppError } from '@beatloom/core'
import { ddim } from './ddim.ts'
import { dpmSolver } from './dpm-solver.ts'
import { eulerSolver } from './euler.ts'
import { flowMatchEuler } from './flow-match-euler.ts'
import { type FlowRule, flowSchedule } from './flow-schedule.ts'
import { lcm, lcmTimesteps } from './lcm.ts'
import type { Prediction } from './noise-level.ts'
import { pndm } from './pndm.ts'
import type { Scheduler } from './scheduler.ts'
import {
  ConfigReader,
  clipIn,
  predictionIn,
  type SchedulerConfig,
  spacingIn,
  trainingNoiseIn,
  vpSpacingIn,
} from './scheduler-config.ts'
import { FLOW_SCHEDULERS, type SchedulerName } from './scheduler-names.ts'
import { spacedTimesteps } from './timestep-spacing.ts'
import { signalShares } from './training-noise.ts'
import { uniPc } from './unipc.ts'
import { eulerSchedule, multistepSchedule } from './vp-schedule.ts'

export interface SchedulerOptions {
  steps: number
  /** Flow shift; without it the one in `config`, else 1. */
  shift?: number
  /** Which noise levels of a flow; without it `explicit` for Euler and `wan` for the others. */
  rule?: FlowRule
  /** Tell the model exactly 1000·σ even where the rule truncates. */
  exactTimesteps?: boolean
  /** A model's `scheduler_config.json`; keys that mean nothing here are ignored. */
  config?: SchedulerConfig
  /** Of DDIM: how much noise is added on the way, 0 … 1. */
  eta?: number
  /** Of consistency models, which choose their timesteps by it: how much of the picture is made anew, 0 … 1. */
  strength?: number
}

/**
 * A scheduler for one denoising run.
 * @throws {AppError} `model_invalid` when the config asks for something not known here; `input_invalid` for bad steps
 * or a sampler that does not go with what the model predicts.
 */
export function createScheduler(name: SchedulerName, options: SchedulerOptions): Scheduler {
  const { steps } = options
  if (!Number.isInteger(steps) || steps < 1) {
    throw new AppError('input_invalid', `Sampling needs a whole number of steps, at least 1; it got ${steps}.`)
  }
  const config = new ConfigReader(options.config ?? {})
  const prediction = predictionIn(config)
  switch (name) {
    case 'flow-match-euler':
      requireFlow(name, prediction)
      if (config.flag('use_dynamic_shifting', false)) {
        throw new AppError('model_invalid', 'Schedulers whose shift depends on the picture’s size are not known here.')
      }
      return flowMatchEuler(flowSchedule(options.rule ?? 'explicit', steps, shiftOf(options, config)), {
        stochastic: config.flag('stochastic_sampling', false),
      })
    case 'unipc': {
      const schedule = solverSchedule(options, config, prediction)
      // Explicit levels start at σ = 1, where UniPC's log signal-to-noise ratio is infinite.
      if (prediction === 'flow' && schedule.sigmas[0] === 1) schedule.sigmas[0] = 1 - 1e-6
      return uniPc({
        ...schedule,
        prediction,
        order: Math.min(3, Math.max(1, config.number('solver_order', 2))),
        solver:
          config.choice('solver_type', ['bh1', 'bh2', 'midpoint', 'heun', 'logrho'], 'bh2') === 'bh1' ? 'bh1' : 'bh2',
        lowerOrderFinal: config.flag('lower_order_final', true),
        disableCorrector: config.numbers('disable_corrector') ?? [],
      })
    }
    case 'dpmpp-2m':
    case 'dpmpp-2m-sde':
      return dpmSolver({
        ...solverSchedule({ ...options, rule: options.rule ?? 'wan' }, config, prediction),
        ...dpmFacts(config),
        prediction,
        stochastic: name === 'dpmpp-2m-sde',
      })
    case 'euler':
    case 'euler-ancestral': {
      const facts = vpSpacingIn(config)
      return eulerSolver({
        ...eulerSchedule(facts, steps),
        prediction: requireNoise(name, prediction),
        ancestral: name === 'euler-ancestral',
        countsSignal: facts.spacing === 'leading',
      })
    }
    case 'ddim': {
      const { spacing, offset } = spacingIn(config, 'leading')
      const shares = signalShares(trainingNoiseIn(config))
      return ddim({
        timesteps: spacedTimesteps(spacing, 'single', steps, offset),
        shares,
        prediction: requireNoise(name, prediction),
        eta: options.eta ?? 0,
        clip: clipIn(config),
        finalShare: config.flag('set_alpha_to_one', true) ? 1 : shares[0]!,
      })
    }
    case 'lcm':
      return lcm({
        timesteps: lcmTimesteps(steps, config.number('original_inference_steps', 50), options.strength),
        shares: signalShares(trainingNoiseIn(config, true)),
        prediction: requireNoise(
          name,
          prediction === 'flow' && !config.has('prediction_type') ? 'epsilon' : prediction,
        ),
        clip: clipIn(config),
        timestepScaling: config.number('timestep_scaling', 10),
      })
    case 'pndm': {
      if (!config.flag('skip_prk_steps', false)) {
        throw new AppError('model_invalid', 'PNDM is known only without its Runge–Kutta start (skip_prk_steps: true).')
      }
      const shares = signalShares(trainingNoiseIn(config))
      const predicted = requireNoise(name, prediction)
      if (predicted === 'sample') {
        throw new AppError('model_invalid', 'PNDM is for models that predict noise; this one predicts clean pictures.')
      }
      return pndm({
        ...spacingIn(config, 'leading'),
        steps,
        shares,
        prediction: predicted,
        finalShare: config.flag('set_alpha_to_one', false) ? 1 : shares[0]!,
      })
    }
  }
}

/** How many of the timesteps belong to the high-noise expert: those at or above `boundary · 1000`. */
export function countHighNoiseSteps(timesteps: readonly number[], boundary: number): number {
  return timesteps.filter((t) => t >= boundary * 1000).length
}

/**
 * At which call denoising begins when a picture is to be kept in part, as diffusers counts.
 * @param strength how much is made anew: 1 begins at the first call, 0 makes none.
 */
export function firstCall(steps: number, strength: number): number {
  return Math.max(0, steps - Math.min(Math.floor(steps * strength), steps))
}

const shiftOf = (options: SchedulerOptions, config: ConfigReader): number =>
  options.shift ?? config.number('flow_shift', config.number('shift', 1))

function solverSchedule(options: SchedulerOptions, config: ConfigReader, prediction: Prediction) {
  if (prediction !== 'flow') return multistepSchedule(vpSpacingIn(config), options.steps)
  const schedule = flowSchedule(options.rule ?? 'wan', options.steps, shiftOf(options, config))
  if (options.exactTimesteps) schedule.timesteps = schedule.sigmas.slice(0, -1).map((sigma) => sigma * 1000)
  return schedule
}

function dpmFacts(config: ConfigReader) {
  const order = config.number('solver_order', 2)
  if (order !== 1 && order !== 2) {
    throw new AppError('model_invalid', `DPM-Solver++ is known of order 1 and 2; the config asks for ${order}.`)
  }
  config.choice('algorithm_type', ['dpmsolver++', 'sde-dpmsolver++'], 'dpmsolver++')
  return {
    order: order as 1 | 2,
    solver: config.choice('solver_type', ['midpoint', 'heun'], 'midpoint'),
    lowerOrderFinal: config.flag('lower_order_final', true),
    eulerAtFinal: config.flag('euler_at_final', false),
  }
}

function requireFlow(name: SchedulerName, prediction: Prediction): void {
  if (prediction === 'flow') return
  throw new AppError(
    'input_invalid',
    `The sampler "${name}" is for models that predict a flow; this one predicts noise or pictures. Choose another.`,
  )
}

function requireNoise(name: SchedulerName, prediction: Prediction): Exclude<Prediction, 'flow'> {
  if (prediction !== 'flow') return prediction
  throw new AppError(
    'input_invalid',
    `The sampler "${name}" is not for models that predict a flow, as this one does. Choose one of ${FLOW_SCHEDULERS.join(', ')}.`,
    { details: { valid: [...FLOW_SCHEDULERS] } },
  )
}
