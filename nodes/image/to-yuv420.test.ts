import { expect, it } from 'vitest'
import { toYuv420 } from './to-yuv420.ts'

const flat = (colour: readonly number[]) => ({
  width: 4,
  height: 2,
  channels: 3 as const,
  data: Uint8Array.from({ length: 24 }, (_, i) => colour[i % 3] as number),
})

// 75 % and 100 % colour bars in 8 bits: SMPTE RP 219-1, table 1.
it.each([
  ['white', [255, 255, 255], [235, 128, 128]],
  ['black', [0, 0, 0], [16, 128, 128]],
  ['yellow, 75 %', [191, 191, 0], [168, 44, 136]],
  ['blue, 75 %', [0, 0, 191], [28, 212, 120]],
  ['red, 75 %', [191, 0, 0], [51, 109, 212]],
])('%s', (_, rgb, yuv) => {
  const { y, u, v } = toYuv420(flat(rgb))
  expect([y.data.length, u.data.length, v.data.length]).toEqual([8, 2, 2])
  for (const [plane, value] of [y, u, v].map((plane, i) => [plane, yuv[i] as number] as const)) {
    for (const pixel of plane.data) expect(Math.abs(pixel - value)).toBeLessThanOrEqual(1)
  }
})

it('keeps every pixel of brightness, and the mean of four of colour', () => {
  const data = new Uint8Array(4 * 2 * 3)
  data.set([255, 255, 255], 0) // one white pixel, top left
  data.set([0, 0, 255], 4 * 3 + 3 * 3) // one blue pixel, bottom right
  const { y, u, v } = toYuv420({ width: 4, height: 2, channels: 3, data })
  expect([...y.data]).toEqual([235, 16, 16, 16, 16, 16, 16, 32])
  expect([...u.data]).toEqual([128, 156])
  expect([...v.data]).toEqual([128, 125])
})

it('refuses an odd size', () => {
  expect(() => toYuv420({ width: 3, height: 2, channels: 3, data: new Uint8Array(18) })).toThrow(/even/)
})
