import { AppError, defineNode, type Model, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'

/** Values of params that leave the decision to the model. */
const AS_THE_MODEL_SAYS = { boundary: -1, guidance: 0 } as const

export const moeSwitch = defineNode({
  type: 'model.moe-switch',
  version: 1,
  title: 'MoE expert switch',
  description:
    'Makes one model of two experts: one for the noisy first steps, which set layout and motion, one for the rest.',
  category: 'model',
  aliases: ['mixture of experts', 'high noise', 'low noise', 'boundary', 'wan 2.2', '专家'],
  inputs: { high: { type: 'MODEL', title: 'High noise' }, low: { type: 'MODEL', title: 'Low noise' } },
  outputs: { model: { type: 'MODEL', title: 'Model' } },
  passThrough: { model: 'high' },
  params: z.object({
    by: z
      .enum(['boundary', 'step'])
      .default('boundary')
      .describe('Change experts at a noise level, or at a step number.')
      .meta({ title: 'Change by' } satisfies ParamMeta),
    boundary: z
      .number()
      .min(-1)
      .max(1)
      .default(AS_THE_MODEL_SAYS.boundary)
      .describe('Noise level, 0 to 1, from which the high-noise expert works; -1: as the model says.')
      .meta({ title: 'Boundary' } satisfies ParamMeta),
    step: z
      .int()
      .min(0)
      .max(50)
      .default(4)
      .describe('When changing by step: how many steps the high-noise expert gets.')
      .meta({ title: 'Step' } satisfies ParamMeta),
    guidanceHigh: z
      .number()
      .min(0)
      .max(20)
      .default(AS_THE_MODEL_SAYS.guidance)
      .describe('How far the high-noise expert is pushed towards the prompt; 1 is none, 0: as the model says.')
      .meta({ title: 'Guidance, high noise' } satisfies ParamMeta),
    guidanceLow: z
      .number()
      .min(0)
      .max(20)
      .default(AS_THE_MODEL_SAYS.guidance)
      .describe('How far the low-noise expert is pushed towards the prompt; 1 is none, 0: as the model says.')
      .meta({ title: 'Guidance, low noise' } satisfies ParamMeta),
  }),
  check({ boundary }) {
    if (boundary >= 0 || boundary === AS_THE_MODEL_SAYS.boundary) return []
    return [
      {
        param: 'boundary',
        message: `The boundary lies between 0 and 1, or is -1 for the model's own; it is ${boundary}.`,
      },
    ]
  },
  run({ high, low }, { by, boundary, step, guidanceHigh, guidanceLow }) {
    if (high.family !== low.family) {
      throw new AppError('input_invalid', `The experts are of different kinds: "${high.family}" and "${low.family}".`)
    }
    const first = high.experts[0]!
    const last = low.experts.at(-1)!
    const ownBoundary = high.boundary ?? low.boundary
    const chosen = boundary === AS_THE_MODEL_SAYS.boundary ? ownBoundary : boundary
    if (by === 'boundary' && chosen === null) {
      throw new AppError(
        'input_invalid',
        'The model names no boundary between its experts; set one, or change by step.',
      )
    }
    const model: Model = {
      ...high,
      experts: [
        { ...first, guidance: guidanceHigh === AS_THE_MODEL_SAYS.guidance ? first.guidance : guidanceHigh },
        { ...last, guidance: guidanceLow === AS_THE_MODEL_SAYS.guidance ? last.guidance : guidanceLow },
      ],
      boundary: chosen,
      boundaryStep: by === 'step' ? step : null,
    }
    return { model }
  },
})
