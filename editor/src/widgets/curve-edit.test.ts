import type { CurvePoint } from '@beatloom/core'
import { expect, it } from 'vitest'
import { addPoint, gapBeside, movePoint, readPoints, removePoint } from './curve-edit.ts'

const ramp: CurvePoint[] = [
  [0, 0],
  [0.5, 0.5],
  [1, 1],
]

it('W1: a curve point stays on the square and between its neighbours', () => {
  expect(movePoint(ramp, 1, [0.7, 2])[1]).toEqual([0.7, 1])
  expect(movePoint(ramp, 1, [5, 0.2])[1]).toEqual([0.995, 0.2])
  expect(movePoint(ramp, 0, [-1, -1])[0]).toEqual([0, 0])
})

it('W1: a point is added in its place, on the curve where no height is given; the last one cannot be removed', () => {
  expect(addPoint(ramp, 0.25, 0.9)).toEqual({
    points: [
      [0, 0],
      [0.25, 0.9],
      [0.5, 0.5],
      [1, 1],
    ],
    at: 1,
  })
  expect(addPoint(ramp, 0.5, 0.1)).toEqual({
    points: [
      [0, 0],
      [0.5, 0.1],
      [1, 1],
    ],
    at: 1,
  })
  expect(addPoint([[0, 0.3]], 0.5).points).toEqual([
    [0, 0.3],
    [0.5, 0.3],
  ])
  expect(gapBeside(ramp, 1)).toBe(0.75)
  expect(removePoint([[0, 0]], 0)).toEqual([[0, 0]])
  expect(removePoint(ramp, 1)).toHaveLength(2)
})

it('reads saved points in order and leaves out what is none', () => {
  expect(readPoints([[1, 0], 'x', [0, 1], [2]])).toEqual([
    [0, 1],
    [1, 0],
  ])
})
