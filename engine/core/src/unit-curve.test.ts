import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type CurvePoint, unitCurveAt } from './unit-curve.ts'

it('W1: a drawn curve runs through its points, holds its ends, and is halfway up in the middle of a rise', () => {
  const rise: CurvePoint[] = [
    [0.2, 0],
    [0.8, 1],
  ]
  expect(unitCurveAt(rise, 0)).toBe(0)
  expect(unitCurveAt(rise, 0.2)).toBe(0)
  expect(unitCurveAt(rise, 0.5)).toBeCloseTo(0.5, 12)
  expect(unitCurveAt(rise, 1)).toBe(1)
  expect(unitCurveAt([], 0.5)).toBe(0)
})

it('W1: between two points a drawn curve never leaves their range', () => {
  const unit = fc.integer({ min: 0, max: 100 }).map((step) => step / 100)
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(unit, unit), { selector: ([x]) => x, minLength: 2, maxLength: 8 }),
      unit,
      (raw, x) => {
        const points = raw.toSorted((a, b) => a[0] - b[0])
        const after = points.findIndex((point) => point[0] > x)
        const near = after > 0 ? [points[after - 1]![1], points[after]![1]] : points.map((point) => point[1])
        const value = unitCurveAt(points, x)
        expect(value).toBeGreaterThanOrEqual(Math.min(...near) - 1e-9)
        expect(value).toBeLessThanOrEqual(Math.max(...near) + 1e-9)
      },
    ),
  )
})
