import { expect, it } from 'vitest'
import { pinched, showing } from './song-window.ts'

it('L6: two fingers keep the moments under them, as far as the song goes', () => {
  // Moments 2 s and 4 s pulled to a quarter and three quarters of the width: 4 s are in sight.
  expect(pinched([2, 4], [0.25, 0.75], 10)).toEqual({ from: 1, span: 4 })
  expect(pinched([2, 4], [0.45, 0.55], 10)).toEqual({ from: 0, span: 10 })
  expect(pinched([2, 4], [0.5, 0.5], 10)).toEqual({ from: 0, span: 10 })
})

it('a moment in sight moves nothing; another comes to the middle', () => {
  expect(showing({ from: 1, span: 2 }, 2.5, 10)).toEqual({ from: 1, span: 2 })
  expect(showing({ from: 1, span: 2 }, 6, 10)).toEqual({ from: 5, span: 2 })
})
