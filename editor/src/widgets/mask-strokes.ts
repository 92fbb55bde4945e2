import { clamp } from './number-rules.ts'

/** As node `mask.paint` keeps them: places in fractions of the picture, the brush's radius in widths of it. */
export interface Stroke {
  mode: 'add' | 'erase'
  radius: number
  points: [number, number][]
}

/** Points closer than this share of the width add nothing to a stroke. */
const LEAST_STEP = 0.004
const MOST_POINTS = 2000
const UNIT = { min: 0, max: 1 }

/** A saved value as strokes; what is none is left out. */
export function readStrokes(value: unknown): Stroke[] {
  return (Array.isArray(value) ? value : []).flatMap((each: Partial<Stroke> | null) => {
    const points = (Array.isArray(each?.points) ? each.points : []).filter(
      (point) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite),
    )
    if (points.length === 0) return []
    const radius = typeof each?.radius === 'number' ? each.radius : 0.05
    return [{ mode: each?.mode === 'erase' ? 'erase' : 'add', radius, points }]
  })
}

const round = (value: number): number => Math.round(clamp(value, UNIT) * 1000) / 1000

export function beginStroke(strokes: readonly Stroke[], brush: Omit<Stroke, 'points'>, at: [number, number]): Stroke[] {
  return [...strokes, { ...brush, points: [[round(at[0]), round(at[1])]] }]
}

/** The last stroke drawn on to a place; the same strokes when that is too near to matter. */
export function goOn(strokes: readonly Stroke[], at: [number, number]): readonly Stroke[] {
  const last = strokes.at(-1)
  const [x, y] = last?.points.at(-1) ?? [0, 0]
  const isNear = Math.hypot(at[0] - x, at[1] - y) < LEAST_STEP
  if (!last || isNear || last.points.length >= MOST_POINTS) return strokes
  return [...strokes.slice(0, -1), { ...last, points: [...last.points, [round(at[0]), round(at[1])]] }]
}

/** An SVG path through the points, in a box `width × height`; one point is a line of no length, which round caps show. */
export function strokePath({ points }: Stroke, width: number, height: number): string {
  const [first, ...rest] = points.map(([x, y]) => `${x * width} ${y * height}`)
  return `M${first}${rest.length > 0 ? rest.map((place) => `L${place}`).join('') : `L${first}`}`
}
