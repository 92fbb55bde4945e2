import { expect, it } from 'vitest'
import { moved, placeAt } from './use-reorder.ts'

it('R4: moves a waiting run to another place and keeps the others in order', () => {
  expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd'])
  expect(moved(['a', 'b', 'c', 'd'], 3, 0)).toEqual(['d', 'a', 'b', 'c'])
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
})

it('R4: a held run lands where the pointer is: before an item above its middle, last below all of them', () => {
  const boxes = [0, 40, 80].map((top) => ({ top, height: 40 }))
  expect([5, 19, 21, 59, 61, 500].map((y) => placeAt(y, boxes))).toEqual([0, 0, 1, 1, 2, 2])
})
