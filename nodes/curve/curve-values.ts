import type { Curve, Display } from '@beatloom/core'

const MOST_SHOWN = 1200

/** The curve at a time in seconds, linear between its values, its ends held; 0 for a curve without values. */
export function curveAt({ rate, values }: Curve, seconds: number): number {
  if (values.length === 0) return 0
  const position = Math.min(values.length - 1, Math.max(0, seconds * rate))
  const before = Math.floor(position)
  const start = values[before] as number
  return start + (position - before) * ((values[before + 1] ?? start) - start)
}

/** The curve for the canvas: at most 1,200 values, each the one farthest from 0 in its stretch, so peaks stay. */
export function curveDisplay({ rate, values }: Curve): Display {
  const count = Math.min(MOST_SHOWN, values.length)
  const shown = Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * values.length) / count)
    const to = Math.floor(((i + 1) * values.length) / count)
    let most = values[from] as number
    for (let t = from; t < to; t++) if (Math.abs(values[t] as number) > Math.abs(most)) most = values[t] as number
    return Math.round(most * 1000) / 1000
  })
  return { kind: 'curve', rate: values.length === 0 ? rate : (rate * count) / values.length, values: shown }
}
