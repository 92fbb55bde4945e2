import { expect, it } from 'vitest'
import { beginStroke, goOn, readStrokes, strokePath } from './mask-strokes.ts'

const brush = { mode: 'add', radius: 0.1 } as const

it('reads what is saved and leaves out what is no stroke', () => {
  const stroke = { mode: 'erase', radius: 0.2, points: [[0.1, 0.2]] }
  expect(readStrokes([stroke, null, { points: [] }, { points: [[1]] }, 3])).toEqual([stroke])
  expect(readStrokes([{ points: [[0.5, 0.5]] }])).toEqual([{ mode: 'add', radius: 0.05, points: [[0.5, 0.5]] }])
  expect(readStrokes('none')).toEqual([])
})

it('draws on while the pointer moves, on the picture alone, without points that add nothing', () => {
  const begun = beginStroke([], brush, [0.5, 1.4])
  expect(begun).toEqual([{ ...brush, points: [[0.5, 1]] }])
  expect(goOn(begun, [0.501, 1])).toBe(begun)
  expect(goOn(begun, [0.6001, 0.9])[0]?.points).toEqual([
    [0.5, 1],
    [0.6, 0.9],
  ])
  expect(begun[0]?.points).toHaveLength(1)
})

it('shows a single dab too', () => {
  expect(strokePath({ ...brush, points: [[0.5, 0.5]] }, 100, 50)).toBe('M50 25L50 25')
  const line = strokePath({ ...brush, points: [[0, 0], [1, 1]] }, 100, 50) // biome-ignore format: one line
  expect(line).toBe('M0 0L100 50')
})
