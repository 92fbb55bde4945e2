import { defineNode, type ParamMeta, type ValueFacts } from '@beatloom/core'
import { z } from 'zod'
import { curveAt, curveDisplay } from './curve-values.ts'

const OPERATIONS = {
  add: (a: number, b: number) => a + b,
  subtract: (a: number, b: number) => a - b,
  multiply: (a: number, b: number) => a * b,
  maximum: (a: number, b: number) => Math.max(a, b),
  minimum: (a: number, b: number) => Math.min(a, b),
}
const OPERATION_NAMES = [
  'add',
  'subtract',
  'multiply',
  'maximum',
  'minimum',
] as const satisfies (keyof typeof OPERATIONS)[]

export const combineCurves = defineNode({
  type: 'curve.combine',
  version: 1,
  title: 'Combine curves',
  description: 'Joins two curves value by value: their sum, difference, product, or the larger or smaller of both.',
  category: 'Curve',
  aliases: ['add', 'multiply', 'mix', 'blend'],
  phase: 'audio',
  inputs: { a: { type: 'CURVE', title: 'A' }, b: { type: 'CURVE', title: 'B' } },
  outputs: { curve: { type: 'CURVE', title: 'Curve' } },
  passThrough: { curve: 'a' },
  params: z.object({
    operation: z
      .enum(OPERATION_NAMES)
      .default('multiply')
      .describe('How the two values at each moment become one.')
      .meta({ title: 'Operation' } satisfies ParamMeta),
  }),
  facts: ({ a, b }) => ({ curve: longerOf(a, b) }),
  run({ a, b }, { operation }, { signal, display }) {
    signal.throwIfAborted()
    const rate = Math.max(a.rate, b.rate)
    const seconds = Math.max(a.values.length / a.rate, b.values.length / b.rate)
    const join = OPERATIONS[operation]
    const values = Float32Array.from({ length: Math.round(seconds * rate) }, (_, t) =>
      join(curveAt(a, t / rate), curveAt(b, t / rate)),
    )
    const curve = { rate, values }
    display(curveDisplay(curve))
    return { curve }
  },
})

/** The longer of two curves, where both lengths are known. */
function longerOf(a: ValueFacts = {}, b: ValueFacts = {}): ValueFacts | undefined {
  if (a.durationSeconds === undefined || b.durationSeconds === undefined) return undefined
  return { durationSeconds: Math.max(a.durationSeconds, b.durationSeconds) }
}
