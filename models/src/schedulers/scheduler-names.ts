import { AppError } from '@beatloom/core'
import type { SchedulerConfig } from './scheduler-config.ts'

/** Samplers for models that predict the flow from noise to picture. */
export const FLOW_SCHEDULERS = ['flow-match-euler', 'unipc', 'dpmpp-2m', 'dpmpp-2m-sde'] as const

/** All samplers; those for models that predict noise as well, or only. */
export const SCHEDULER_NAMES = [...FLOW_SCHEDULERS, 'euler', 'euler-ancestral', 'ddim', 'lcm', 'pndm'] as const
export type SchedulerName = (typeof SCHEDULER_NAMES)[number]

const CLASSES: Readonly<Record<string, SchedulerName>> = {
  FlowMatchEulerDiscreteScheduler: 'flow-match-euler',
  UniPCMultistepScheduler: 'unipc',
  DPMSolverMultistepScheduler: 'dpmpp-2m',
  EulerDiscreteScheduler: 'euler',
  EulerAncestralDiscreteScheduler: 'euler-ancestral',
  DDIMScheduler: 'ddim',
  LCMScheduler: 'lcm',
  PNDMScheduler: 'pndm',
}

/**
 * The sampler that a model's `scheduler_config.json` names.
 * @throws {AppError} `model_invalid` for a class that is not known, naming those that are.
 */
export function schedulerOfConfig(config: SchedulerConfig): SchedulerName {
  const named = config['_class_name']
  const name = typeof named === 'string' ? CLASSES[named] : undefined
  if (name === 'dpmpp-2m' && config['algorithm_type'] === 'sde-dpmsolver++') return 'dpmpp-2m-sde'
  if (name) return name
  const known = Object.keys(CLASSES)
  throw new AppError(
    'model_invalid',
    `scheduler_config.json names the scheduler ${JSON.stringify(named)}, which is not known; known are ${known.join(', ')}.`,
    { details: { valid: known } },
  )
}
