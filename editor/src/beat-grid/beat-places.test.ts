import { expect, it } from 'vitest'
import { beatAt, halfThatKeepsBars, nextBeat, onsetsOf, ticksOf } from './beat-places.ts'

const beats = [0.5, 1, 1.5, 2]

it('P3: the beat under the pointer is the nearest one within reach', () => {
  expect(beatAt(beats, 1.04, 0.1)).toBe(1)
  expect(beatAt(beats, 1.26, 0.3)).toBe(2)
  expect(beatAt(beats, 1.25, 0.1)).toBe(-1)
  expect(beatAt([], 1, 1)).toBe(-1)
})

it('arrow keys go from beat to beat and stay at the ends', () => {
  expect(nextBeat(beats, null, 1)).toBe(0.5)
  expect(nextBeat(beats, null, -1)).toBe(2)
  expect(nextBeat(beats, 1, 1)).toBe(1.5)
  expect(nextBeat(beats, 1.2, -1)).toBe(1)
  expect(nextBeat(beats, 2, 1)).toBe(2)
  expect(nextBeat([], null, 1)).toBeNull()
})

it('bar lines are tall', () => {
  expect(ticksOf({ beats, downbeats: [1] }).map((tick) => tick.strong)).toEqual([false, true, false, false])
})

it('sounds begin where the waveform rises, once a rise, on the time of the shown stretch', () => {
  // Ten values a second; hits at 0.3 s and at 0.7 s, the second rising over two values.
  const peaks = [0, 0, 0, 1, 0.6, 0.3, 0.1, 0.3, 0.9, 0.5]
  expect(onsetsOf(peaks, 1)).toEqual([0.3, 0.7, 0.8])
  const fine = [0, 0.2, 1, 0.5, 0.2, 0.1]
  // At a hundred values a second both rises are one sound, which begins where it rises most.
  expect(onsetsOf(fine, 0.06)).toEqual([0.02])
  expect(onsetsOf(peaks, 1, 0.5, 0.5)).toEqual([0.2, 0.3])
  expect(onsetsOf([0, 0, 0], 1)).toEqual([])
})

it('half time keeps the half in which the bar lines are', () => {
  expect(halfThatKeepsBars({ beats, downbeats: [0.5] })).toBe('first')
  expect(halfThatKeepsBars({ beats, downbeats: [1, 2] })).toBe('second')
  expect(halfThatKeepsBars({ beats, downbeats: [] })).toBe('first')
})
