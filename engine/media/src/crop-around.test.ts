import { describe, expect, it } from 'vitest'
import { cropAround, middleOfMask, pointOfInterest } from './crop-around.ts'

/** Grey, with a square of black and white columns around a point. */
function stripes(width: number, height: number, x: number, y: number) {
  const data = new Uint8Array(width * height * 3).fill(128)
  for (let row = y - 12; row < y + 12; row++) {
    for (let column = x - 12; column < x + 12; column++) {
      data.fill(column % 8 < 4 ? 0 : 255, (row * width + column) * 3, (row * width + column) * 3 + 3)
    }
  }
  return { width, height, channels: 3 as const, data }
}

describe('pointOfInterest', () => {
  it('is where the detail is', async () => {
    const { x, y } = await pointOfInterest(stripes(192, 108, 48, 80))
    expect(x).toBeCloseTo(48 / 192, 1)
    expect(y).toBeCloseTo(80 / 108, 1)
  })

  it('is the middle of a picture without any', async () => {
    const even = { width: 40, height: 30, channels: 1 as const, data: new Uint8Array(1200).fill(9) }
    expect(await pointOfInterest(even)).toEqual({ x: 0.5, y: 0.5 })
  })
})

it('finds the middle of a mask', () => {
  const data = new Uint8Array(100)
  for (const at of [22, 23, 32, 33]) data[at] = 255
  expect(middleOfMask({ width: 10, height: 10, data })).toEqual({ x: 0.3, y: 0.3 })
  expect(middleOfMask({ width: 10, height: 10, data: new Uint8Array(100) })).toEqual({ x: 0.5, y: 0.5 })
})

it('cuts around a point, and not beyond the borders', () => {
  const numbered = { width: 4, height: 4, channels: 1 as const, data: Uint8Array.from({ length: 16 }, (_, i) => i) }
  expect(cropAround(numbered, { x: 1, y: 0 }, { across: 0.5, down: 0.5 })).toEqual({
    ...numbered,
    width: 2,
    height: 2,
    data: Uint8Array.of(2, 3, 6, 7),
  })
  expect(cropAround(numbered, { x: 0.5, y: 0.5 }, { across: 0.5, down: 0.5 }).data).toEqual(Uint8Array.of(5, 6, 9, 10))
  expect(cropAround(numbered, { x: 0.5, y: 0.5 }, { across: 1, down: 0.5 })).toMatchObject({ width: 4, height: 2 })
})
