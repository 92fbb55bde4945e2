import type { ParamMeta } from '@beatloom/core'
import { MAX_SEED, SCHEDULER_NAMES } from '@beatloom/models'
import { z } from 'zod'

const SAMPLER_TITLES = {
  'flow-match-euler': 'Flow match Euler',
  unipc: 'UniPC',
  'dpmpp-2m': 'DPM++ 2M',
  'dpmpp-2m-sde': 'DPM++ 2M SDE',
  'euler-ancestral': 'Euler ancestral',
  ddim: 'DDIM',
  lcm: 'LCM',
  pndm: 'PNDM',
  auto: 'As the model says',
} as const

/** What every node that samples can be told. */
export const SAMPLER_PARAMS = {
  seed: z
    .string()
    .regex(/^\d{1,20}$/, 'A seed is a whole number in decimal.')
    .default('0')
    .describe('Which noise to start from: a whole number from 0 to 18446744073709551615.')
    .meta({ widget: 'seed', title: 'Seed' } satisfies ParamMeta),
  steps: z
    .int()
    .min(1)
    .max(50)
    .default(8)
    .describe('In how many steps the noise is removed; more takes longer.')
    .meta({ widget: 'slider', title: 'Steps' } satisfies ParamMeta),
  sampler: z
    .enum(['auto', ...SCHEDULER_NAMES])
    .default('auto')
    .describe(
      'How one step follows from the last. Flow models, such as the one in the box, take the first four; Stable Diffusion takes UniPC, DPM++ and the rest.',
    )
    .meta({ title: 'Sampler', choiceTitles: SAMPLER_TITLES } satisfies ParamMeta),
  guidance: z
    .number()
    .min(0)
    .max(30)
    .default(0)
    .describe('How far the model is pushed towards the prompt; 1 is none, 0: as the model says.')
    .meta({ title: 'Guidance', advanced: true } satisfies ParamMeta),
  strength: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('How much of the latent is made anew: 1 all of it, 0.5 keeps half of a picture that was encoded.')
    .meta({ widget: 'slider', title: 'Strength', advanced: true } satisfies ParamMeta),
  shift: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe('How much of the way is spent on high noise; 0: as the model says.')
    .meta({ title: 'Shift', advanced: true } satisfies ParamMeta),
}

export function seedProblems(seed: string): { param: string; message: string }[] {
  if (BigInt(seed) <= MAX_SEED) return []
  return [{ param: 'seed', message: `A seed is at most ${MAX_SEED}; this one is ${seed}.` }]
}
