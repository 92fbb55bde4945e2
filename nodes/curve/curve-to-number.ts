import { AppError, type Curve, defineNode, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'
import { curveAt } from './curve-values.ts'

export const curveToNumber = defineNode({
  type: 'curve.to-number',
  version: 1,
  title: 'Curve to number',
  description: 'Makes one number of a curve: its mean, highest or lowest value, or its value at a moment.',
  category: 'Curve',
  aliases: ['average', 'peak', 'maximum', 'minimum', 'sample', 'Kurve zu Zahl', 'courbe en nombre', '曲线转数字'],
  phase: 'audio',
  converter: true,
  inputs: { curve: { type: 'CURVE', title: 'Curve' } },
  outputs: { number: { type: 'NUMBER', title: 'Number' } },
  params: z.object({
    measure: z
      .enum(['mean', 'peak', 'lowest', 'moment'])
      .default('mean')
      .describe('What is taken of the curve.')
      .meta({ title: 'Measure', widget: 'choice' } satisfies ParamMeta),
    seconds: z
      .number()
      .min(0)
      .max(36_000)
      .default(0)
      .describe('For a moment: which one, from the start of the curve.')
      .meta({ title: 'Moment', unit: 's', advanced: true } satisfies ParamMeta),
  }),
  run({ curve }, { measure, seconds }) {
    if (curve.values.length === 0) throw new AppError('input_invalid', 'The curve has no values to take a number of.')
    return { number: measured(curve, measure, seconds) }
  },
})

function measured(curve: Curve, measure: 'mean' | 'peak' | 'lowest' | 'moment', seconds: number): number {
  const { values } = curve
  switch (measure) {
    case 'mean':
      return values.reduce((sum, value) => sum + value, 0) / values.length
    case 'peak':
      return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
    case 'lowest':
      return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
    case 'moment':
      return curveAt(curve, seconds)
    default:
      return measure satisfies never
  }
}
