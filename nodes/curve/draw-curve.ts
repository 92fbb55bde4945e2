import { type Curve, defineNode, known, type ParamMeta, unitCurveAt } from '@beatloom/core'
import { z } from 'zod'
import { curveDisplay } from './curve-values.ts'

/** Values a second: finer than any frame rate that is made. */
const RATE = 100

/** As long as a curve of so many seconds is. */
const wholeSteps = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.max(1, Math.round(seconds * RATE)) / RATE

const unit = z.number().min(0).max(1)

export const drawCurve = defineNode({
  type: 'curve.draw',
  version: 1,
  title: 'Draw curve',
  description: 'A curve drawn by hand over the length of a sound, or over a number of seconds.',
  category: 'Curve',
  aliases: ['keyframes', 'automation', 'ease', 'ramp', 'envelope', 'schedule', 'Kurve', 'courbe', '曲線', '曲线'],
  phase: 'audio',
  inputs: {
    audio: { type: 'AUDIO', title: 'Audio', optional: true, description: 'The sound whose length the curve takes.' },
  },
  outputs: { curve: { type: 'CURVE', title: 'Curve' } },
  params: z.object({
    points: z
      .array(z.tuple([unit, unit]))
      .min(1)
      .max(64)
      .default([
        [0, 0],
        [1, 1],
      ])
      .describe('Points of the curve: time from left to right, value from bottom to top')
      .meta({ widget: 'curve', title: 'Curve' } satisfies ParamMeta),
    seconds: z
      .number()
      .gt(0)
      .max(3600)
      .default(8)
      .describe('Length of the curve where no sound is linked')
      .meta({ title: 'Length', unit: 's' } satisfies ParamMeta),
    lowest: z
      .number()
      .min(-100)
      .max(100)
      .default(0)
      .describe('The value at the bottom of the drawing')
      .meta({ title: 'Lowest', advanced: true } satisfies ParamMeta),
    highest: z
      .number()
      .min(-100)
      .max(100)
      .default(1)
      .describe('The value at the top of the drawing')
      .meta({ title: 'Highest', advanced: true } satisfies ParamMeta),
  }),
  facts: ({ audio }, { seconds }) => ({
    curve: known({ durationSeconds: wholeSteps(audio ? audio.durationSeconds : seconds) }),
  }),
  run({ audio }, { points, seconds, lowest, highest }, { signal, display }) {
    signal.throwIfAborted()
    const sorted = points.toSorted((a, b) => a[0] - b[0])
    const count = Math.max(1, Math.round((audio?.durationSeconds ?? seconds) * RATE))
    const values = Float32Array.from({ length: count }, (_, t) => {
      const height = unitCurveAt(sorted, count === 1 ? 0 : t / (count - 1))
      return lowest + (highest - lowest) * height
    })
    const curve: Curve = { rate: RATE, values }
    display(curveDisplay(curve))
    return { curve }
  },
})
