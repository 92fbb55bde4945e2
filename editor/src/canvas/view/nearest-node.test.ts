import { expect, it } from 'vitest'
import { type Box, nearestInDirection } from './nearest-node.ts'

const box = (id: string, x: number, y: number): Box => ({ id, x, y, width: 100, height: 60 })
const boxes = [box('a', 0, 0), box('b', 200, 10), box('c', 160, 300), box('d', 0, 200), box('e', 600, 0)]

it('L3: goes to the nearest node in a direction, straight ahead before aside', () => {
  expect(nearestInDirection(boxes, 'a', 'right')).toBe('b')
  expect(nearestInDirection(boxes, 'a', 'down')).toBe('d')
  expect(nearestInDirection(boxes, 'b', 'right')).toBe('e')
  expect(nearestInDirection(boxes, 'e', 'left')).toBe('b')
  expect(nearestInDirection(boxes, 'd', 'up')).toBe('a')
})
it('L3: stays where nothing lies in that direction', () => {
  expect(nearestInDirection(boxes, 'a', 'left')).toBeNull()
  expect(nearestInDirection(boxes, 'gone', 'left')).toBeNull()
})
