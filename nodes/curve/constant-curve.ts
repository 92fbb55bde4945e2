import { defineNode, known, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'
import { curveDisplay } from './curve-values.ts'

/** As fine as the envelopes of a beat analysis, values per second. */
const RATE = 100

export const constantCurve = defineNode({
  type: 'curve.constant',
  version: 1,
  title: 'Number to curve',
  description: 'A curve that stays at one number.',
  category: 'Curve',
  aliases: ['constant', 'flat', 'steady', 'Zahl zu Kurve', 'nombre en courbe', '数字转曲线'],
  phase: 'audio',
  converter: true,
  inputs: { number: { type: 'NUMBER', title: 'Number' } },
  outputs: { curve: { type: 'CURVE', title: 'Curve' } },
  params: z.object({
    seconds: z
      .number()
      .gt(0)
      .max(3600)
      .default(8)
      .describe('How long the curve lasts; whoever reads on finds its last value.')
      .meta({ title: 'Length', unit: 's' } satisfies ParamMeta),
  }),
  facts: (_inputs, { seconds }) => ({ curve: known({ durationSeconds: Math.round(seconds * RATE) / RATE }) }),
  run({ number }, { seconds }, { display }) {
    const curve = { rate: RATE, values: new Float32Array(Math.round(seconds * RATE)).fill(number) }
    display(curveDisplay(curve))
    return { curve }
  },
})
