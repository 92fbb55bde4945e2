import type { Image } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { ZoomPainter } from './zoom-painter.ts'

/** Red rises by 2 per column, green by 3 per row, blue is flat. */
function ramp(width: number, height: number): Image {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([2 * x, 3 * y, 90], (y * width + x) * 3)
  }
  return { width, height, channels: 3, data }
}

function paint(source: Image, width: number, height: number, zoom: number, gain = 1): Uint8Array {
  const out = new Uint8Array(width * height * 3)
  new ZoomPainter(source, width, height).paint(zoom, gain, out)
  return out
}

describe('ZoomPainter', () => {
  it('shows the whole picture unchanged at zoom 1', () => {
    const picture = ramp(40, 24)
    expect(paint(picture, 40, 24, 1)).toEqual(picture.data)
  })

  it('keeps the centre in place and reads between pixels: on a ramp, every pixel is exact to a level', () => {
    const out = paint(ramp(60, 40), 60, 40, 1.5)
    for (const [x, y] of [
      [0, 0],
      [29, 19],
      [30, 20],
      [59, 39],
      [17, 8],
    ] as const) {
      // Pixel centres: source = (at + .5 − size / 2) / zoom + size / 2 − .5.
      const sourceX = (x + 0.5 - 30) / 1.5 + 29.5
      const sourceY = (y + 0.5 - 20) / 1.5 + 19.5
      expect(Math.abs((out[(y * 60 + x) * 3] as number) - 2 * sourceX)).toBeLessThanOrEqual(1)
      expect(Math.abs((out[(y * 60 + x) * 3 + 1] as number) - 3 * sourceY)).toBeLessThanOrEqual(1)
    }
  })

  it('moves by fractions of a pixel, so a slow zoom has no steps', () => {
    const picture = ramp(120, 4)
    const left = [1, 1.002, 1.004, 1.006, 1.008].map((zoom) => paint(picture, 120, 4, zoom)[3 * 10] as number)
    expect(left).toEqual(left.toSorted((a, b) => a - b))
    expect(left.at(-1)).toBeGreaterThan(left[0] as number)
  })

  it('never looks beyond the picture: less than 1 counts as 1', () => {
    const picture = ramp(20, 20)
    expect(paint(picture, 20, 20, 0.5)).toEqual(picture.data)
  })

  it('reads a larger picture down to the frame', () => {
    const out = paint(ramp(80, 40), 40, 20, 1)
    // Column 10 of 40 is column 20.5 of 80.
    expect(out[3 * 10]).toBe(41)
  })

  it('brightens, and stops at white', () => {
    const out = paint(ramp(4, 4), 4, 4, 1, 2.5)
    expect(out[2]).toBe(225)
    expect(paint(ramp(4, 4), 4, 4, 1, 3)[2]).toBe(255)
    expect(paint(ramp(4, 4), 4, 4, 1, 0)[2]).toBe(0)
  })

  it('paints one channel as it does each of three, brightened around a pivot', () => {
    const rgb = ramp(60, 40)
    const grey: Image = { ...rgb, channels: 1, data: rgb.data.filter((_, i) => i % 3 === 1) }
    const out = new Uint8Array(30 * 20)
    new ZoomPainter(grey, 30, 20).paint(1.3, 1.2, out)
    expect(out).toEqual(paint(rgb, 30, 20, 1.3, 1.2).filter((_, i) => i % 3 === 1))
    new ZoomPainter(grey, 30, 20).paint(1.3, 2, out, 50)
    const plain = paint(rgb, 30, 20, 1.3).filter((_, i) => i % 3 === 1)
    for (const [i, pixel] of plain.entries()) {
      const wanted = Math.min(255, Math.max(0, 50 + 2 * (pixel - 50)))
      expect(Math.abs((out[i] as number) - wanted)).toBeLessThanOrEqual(1)
    }
    expect(Math.min(...plain)).toBeLessThan(25) // some are so dark that they stop at black
  })
})
