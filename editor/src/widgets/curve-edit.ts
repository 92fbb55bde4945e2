import { type CurvePoint, unitCurveAt } from '@beatloom/core'
import { clamp } from './number-rules.ts'

/** Points stay this far apart, so that none hides another. */
const LEAST_GAP = 0.005
const UNIT = { min: 0, max: 1 }

/** A saved value as points, sorted; what is none is left out. */
export function readPoints(value: unknown): CurvePoint[] {
  const points = (Array.isArray(value) ? value : []).filter(
    (point): point is [number, number] => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite),
  )
  return points.toSorted((a, b) => a[0] - b[0])
}

const round = (value: number): number => Math.round(value * 1000) / 1000

/** The points with one moved; it stays on the square and between its neighbours. */
export function movePoint(points: readonly CurvePoint[], index: number, to: CurvePoint): CurvePoint[] {
  const left = points[index - 1] ? points[index - 1]![0] + LEAST_GAP : 0
  const right = points[index + 1] ? points[index + 1]![0] - LEAST_GAP : 1
  const x = clamp(to[0], { min: left, max: Math.max(left, right) })
  return points.with(index, [round(x), round(clamp(to[1], UNIT))])
}

/** The points with one more, and its place; on the curve itself where no height is given. */
export function addPoint(points: readonly CurvePoint[], x: number, y?: number): { points: CurvePoint[]; at: number } {
  const place = round(clamp(x, UNIT))
  const near = points.findIndex((point) => Math.abs(point[0] - place) < LEAST_GAP)
  const height = round(clamp(y ?? unitCurveAt(points, place), UNIT))
  if (near >= 0) return { points: points.with(near, [points[near]![0], height]), at: near }
  const at = points.filter((point) => point[0] < place).length
  return { points: points.toSpliced(at, 0, [place, height]), at }
}

/** One point remains: a curve without any says nothing. */
export function removePoint(points: readonly CurvePoint[], index: number): CurvePoint[] {
  return points.length <= 1 ? [...points] : points.toSpliced(index, 1)
}

/** The middle of the widest gap to a neighbour, where a point added by key goes. */
export function gapBeside(points: readonly CurvePoint[], index: number): number {
  const here = points[index]?.[0] ?? 0
  const before = points[index - 1]?.[0] ?? 0
  const after = points[index + 1]?.[0] ?? 1
  return after - here >= here - before ? (here + after) / 2 : (before + here) / 2
}

/** The curve as an SVG path in a box of `size` × `size`, as it will be computed. */
export function drawnPath(points: readonly CurvePoint[], size: number): string {
  const steps = 64
  return Array.from({ length: steps + 1 }, (_, step) => {
    const x = step / steps
    return `${step === 0 ? 'M' : 'L'}${(x * size).toFixed(1)} ${((1 - unitCurveAt(points, x)) * size).toFixed(1)}`
  }).join('')
}
