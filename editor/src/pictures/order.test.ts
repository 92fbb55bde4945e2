import { expect, it } from 'vitest'
import { keysOf, moved, nearestPlace } from './order.ts'

it('moves an entry to its new place, and no further than the ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 1, 9)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
})

it('gives equal entries keys of their own', () => {
  expect(keysOf(['a', 'b', 'a'])).toEqual(['a 0', 'b 0', 'a 1'])
})

it('finds the place whose middle is nearest, over several rows', () => {
  const box = (left: number, top: number) => ({ left, top, right: left + 10, bottom: top + 10 })
  const boxes = [box(0, 0), box(10, 0), box(0, 10)]
  expect(nearestPlace(boxes, { x: 2, y: 2 })).toBe(0)
  expect(nearestPlace(boxes, { x: 19, y: 1 })).toBe(1)
  expect(nearestPlace(boxes, { x: 4, y: 30 })).toBe(2)
})
