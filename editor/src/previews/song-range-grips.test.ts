import { expect, it } from 'vitest'
import { moveEdge, rangeBetween } from './SongRangeGrips.tsx'

const range = { start: 10, duration: 8, min: 0.1, max: 15 }

it('P3: an edge moves alone, within the song and the allowed lengths', () => {
  expect(moveEdge(range, 'start', 12, 60)).toEqual({ start: 12, duration: 6 })
  expect(moveEdge(range, 'start', 30, 60)).toEqual({ start: 17.9, duration: 0.1 })
  expect(moveEdge(range, 'start', 0, 60)).toEqual({ start: 3, duration: 15 })
  expect(moveEdge(range, 'end', 90, 20)).toEqual({ start: 10, duration: 10 })
  expect(moveEdge(range, 'end', 3, 60)).toEqual({ start: 10, duration: 0.1 })
})

it('P3: dragging either way selects the stretch between both moments', () => {
  expect(rangeBetween(8, 3, range, 60)).toEqual({ start: 3, duration: 5 })
  expect(rangeBetween(3, 8, range, 60)).toEqual({ start: 3, duration: 5 })
  expect(rangeBetween(3, 40, range, 60)).toEqual({ start: 3, duration: 15 })
})
