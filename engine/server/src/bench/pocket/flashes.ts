import type { Footage } from './footage.ts'

/** A flash is a pair of opposing changes of relative luminance by a tenth or more, the darker below .8 (WCAG 2.3.1). */
const SWING = 0.1
const DARKER_BELOW = 0.8
/** A quarter of any 10° of the view: 21,824 of 1024 × 768 pixels, 2.8 % of the whole. */
const AREA = 0.028
/** Side of the squares that are looked at, pixels of the footage. */
const CELL = 8

/** Relative luminance (WCAG 2, sRGB) of squares of the picture, `[frames][cells]`. */
export function cellLuminance({ frames }: Pick<Footage, 'frames'>): Float64Array[] {
  const linear = Float64Array.from({ length: 256 }, (_, value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  )
  return frames.map(({ width, height, data }) => {
    const [columns, rows] = [Math.floor(width / CELL), Math.floor(height / CELL)]
    const cells = new Float64Array(columns * rows)
    for (let y = 0; y < rows * CELL; y++) {
      for (let x = 0; x < columns * CELL; x++) {
        const i = (y * width + x) * 3
        const luminance = 0.2126 * linear[data[i]!]! + 0.7152 * linear[data[i + 1]!]! + 0.0722 * linear[data[i + 2]!]!
        cells[Math.floor(y / CELL) * columns + Math.floor(x / CELL)]! += luminance / CELL ** 2
      }
    }
    return cells
  })
}

/** Most flashes within any second that a part of the picture as large as `AREA` shows; at most 3 are harmless. */
export function mostFlashes(luminance: Float64Array[], frameRate: number): number {
  const cells = luminance[0]?.length ?? 0
  const turns = Array.from({ length: cells }, (_, cell) => turningFrames(luminance, cell))
  const allowed = Math.floor(AREA * cells)
  let most = 0
  for (let from = 0; from < luminance.length; from++) {
    const counts = turns.map(
      (frames) => frames.filter((frame) => frame >= from && frame < from + frameRate).length >> 1,
    )
    counts.sort((a, b) => b - a)
    most = Math.max(most, counts[allowed] ?? 0)
  }
  return most
}

/** Frames at which a square's luminance turns and has gone a tenth the other way. */
function turningFrames(luminance: Float64Array[], cell: number): number[] {
  const turns: number[] = []
  let low = luminance[0]![cell]!
  let high = low
  let direction = 0
  luminance.forEach((cells, frame) => {
    const value = cells[cell]!
    low = Math.min(low, value)
    high = Math.max(high, value)
    if (direction >= 0 && high - value >= SWING && value < DARKER_BELOW) {
      turns.push(frame)
      direction = -1
      low = value
    } else if (direction <= 0 && value - low >= SWING && low < DARKER_BELOW) {
      turns.push(frame)
      direction = 1
      high = value
    }
  })
  return turns
}
