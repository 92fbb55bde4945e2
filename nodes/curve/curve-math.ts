import { type Curve, defineNode, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'
import { curveDisplay } from './curve-values.ts'

export const curveMath = defineNode({
  type: 'curve.math',
  version: 1,
  title: 'Shape curve',
  description: 'Smooths a curve, bends it by a power, then scales and shifts it, and keeps it within limits.',
  category: 'Curve',
  aliases: ['scale', 'offset', 'smooth', 'power', 'clamp', 'remap'],
  phase: 'audio',
  inputs: { curve: { type: 'CURVE', title: 'Curve' } },
  outputs: { curve: { type: 'CURVE', title: 'Curve' } },
  passThrough: { curve: 'curve' },
  params: z.object({
    smoothSeconds: z
      .number()
      .min(0)
      .max(10)
      .default(0)
      .describe('Width of the smoothing, in seconds; it looks as far back as ahead, so nothing comes late.')
      .meta({ title: 'Smooth', unit: 's' } satisfies ParamMeta),
    power: z
      .number()
      .min(0.1)
      .max(10)
      .default(1)
      .describe('Above 1 leaves only the peaks, below 1 lifts the quiet parts; the sign of a value is kept.')
      .meta({ title: 'Power' } satisfies ParamMeta),
    scale: z
      .number()
      .min(-100)
      .max(100)
      .default(1)
      .describe('Multiplies every value.')
      .meta({ title: 'Scale' } satisfies ParamMeta),
    offset: z
      .number()
      .min(-100)
      .max(100)
      .default(0)
      .describe('Added to every value after scaling.')
      .meta({ title: 'Offset' } satisfies ParamMeta),
    minimum: z
      .number()
      .default(-100)
      .describe('Lower values become this.')
      .meta({ title: 'Minimum', advanced: true } satisfies ParamMeta),
    maximum: z
      .number()
      .default(100)
      .describe('Higher values become this.')
      .meta({ title: 'Maximum', advanced: true } satisfies ParamMeta),
  }),
  check({ minimum, maximum }) {
    if (minimum <= maximum) return []
    return [{ param: 'minimum', message: `The minimum (${minimum}) must not be above the maximum (${maximum}).` }]
  },
  facts: ({ curve }) => ({ curve }),
  run({ curve }, { smoothSeconds, power, scale, offset, minimum, maximum }, { signal, display }) {
    signal.throwIfAborted()
    const shaped: Curve = {
      rate: curve.rate,
      values: smoothed(curve.values, Math.round((smoothSeconds * curve.rate) / 2)).map((value) => {
        const bent = Math.sign(value) * Math.abs(value) ** power
        return Math.min(maximum, Math.max(minimum, scale * bent + offset))
      }),
    }
    display(curveDisplay(shaped))
    return { curve: shaped }
  },
})

/** Triangular weights over `reach` values to both sides: two running means, each the same width; ends are held. */
function smoothed(values: Float32Array, reach: number): Float32Array {
  if (reach < 1 || values.length === 0) return values
  const side = Math.ceil(reach / 2)
  return runningMean(runningMean(values, side), side)
}

function runningMean(values: Float32Array, side: number): Float32Array {
  const last = values.length - 1
  const at = (t: number) => values[Math.min(last, Math.max(0, t))] as number
  let sum = 0
  for (let t = -side; t <= side; t++) sum += at(t)
  return values.map((_, t) => {
    const mean = sum / (2 * side + 1)
    sum += at(t + side + 1) - at(t - side)
    return mean
  })
}
