import { expect, it } from 'vitest'
import { barsInWindow, onBeats, panned, SHORTEST_SPAN, snapped, whole, zoomed } from './song-window.ts'

it('P3: zooming keeps the moment under the pointer where it is, and ends at half a second', () => {
  expect(zoomed(whole(100), 2, 50, 100)).toEqual({ from: 25, span: 50 })
  expect(zoomed(whole(100), 2, 0, 100)).toEqual({ from: 0, span: 50 })
  expect(zoomed({ from: 90, span: 10 }, 0.5, 95, 100)).toEqual({ from: 80, span: 20 })
  expect(zoomed(whole(100), 1e9, 50, 100).span).toBe(SHORTEST_SPAN)
  expect(panned({ from: 10, span: 20 }, 500, 100)).toEqual({ from: 80, span: 20 })
})

it('P3: zooming to single beats shows four of them from a moment on', () => {
  const beats = Array.from({ length: 20 }, (_, beat) => beat * 0.5)
  const { from, span } = onBeats(3.2, beats, 10)
  expect(from).toBeCloseTo(3.5 - 0.16, 9)
  expect(span).toBeCloseTo(2.32, 9)
  expect(onBeats(50, [], 100)).toEqual({ from: 48, span: 4 })
})

it('P3: an edge of the range snaps to a beat within reach', () => {
  expect(snapped(1.04, [0, 1, 2], 0.1)).toBe(1)
  expect(snapped(1.4, [0, 1, 2], 0.1)).toBe(1.4)
})

it('P3: the bars in sight are the loudest of their slices', () => {
  const peaks = [0, 1, 0, 0.5, 0.2, 0.1, 0, 0.9]
  expect(barsInWindow(peaks, 8, whole(8), 4)).toEqual([1, 0.5, 0.2, 0.9])
  expect(barsInWindow(peaks, 8, { from: 2, span: 2 }, 2)).toEqual([0, 0.5])
  expect(barsInWindow(peaks, 8, { from: 0, span: 2 }, 2, 6)).toEqual([0, 0.9])
})
