import { expect, it } from 'vitest'
import { cutOut, placeWithin } from './faces.ts'

it('keeps the pixels inside a cut', () => {
  const data = Uint8Array.from({ length: 4 * 3 }, (_, i) => i)
  const cut = cutOut({ width: 4, height: 3, channels: 1, data }, { left: 1, top: 1, right: 3, bottom: 3 })
  expect(cut).toEqual({ width: 2, height: 2, channels: 1, data: Uint8Array.of(5, 6, 9, 10) })
})

it('knows where the face lies in a cut', () => {
  const place = placeWithin({ left: 20, top: 30, right: 40, bottom: 60 }, { left: 10, top: 10, right: 50, bottom: 110 })
  expect(place).toEqual({ left: 0.25, top: 0.2, right: 0.75, bottom: 0.5 })
})
