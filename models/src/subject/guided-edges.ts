import type { Image, Mask } from '@beatloom/core'
import { cutPlanes } from '../pocket/area-resize.ts'
import { eachRow, type Plane, WHOLE } from './plane.ts'

/** Brightness that varies less than this within the window (standard deviation, 0 … 1) is flat: no edge to follow. */
const FLAT = 0.02

/** Rec. 709 luma of 8-bit channels, 0 … 1. */
const RED = 0.2126 / 255
const GREEN = 0.7152 / 255
const BLUE = 0.0722 / 255

/**
 * A soft mask at the picture's size whose borders follow the picture's: the guided filter of He, Sun and Tang (2010)
 * in its fast form (He and Sun, 2015): fitted on the small plane, applied to every pixel.
 * @param rough 0 … 1, of any smaller size.
 * @param radius of the window, samples of `rough`.
 */
export function followEdges(image: Image, rough: Plane, radius: number): Mask {
  const { width: columns, height: rows, values } = rough
  const guide = luma(cutPlanes(image, { left: 0, top: 0, width: image.width, height: image.height }, columns, rows))
  const mean = (plane: Float32Array) => boxMean(plane, columns, rows, radius)
  const product = (a: Float32Array, b: Float32Array) => a.map((value, i) => value * b[i]!)
  const guideMean = mean(guide)
  const maskMean = mean(values)
  const guideSquare = mean(product(guide, guide))
  const both = mean(product(guide, values))
  const slope = new Float32Array(values.length)
  const level = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const variance = guideSquare[i]! - guideMean[i]! ** 2
    slope[i] = (both[i]! - guideMean[i]! * maskMean[i]!) / (variance + FLAT ** 2)
    level[i] = maskMean[i]! - slope[i]! * guideMean[i]!
  }
  return apply(image, { ...rough, values: mean(slope) }, { ...rough, values: mean(level) })
}

function apply({ width, height, channels, data }: Image, slope: Plane, level: Plane): Mask {
  const mask = new Uint8Array(width * height)
  const levels = new Float32Array(width * height)
  eachRow(level, WHOLE, width, height, (y, row) => levels.set(row, y * width))
  const green = channels === 1 ? 0 : 1
  const blue = channels === 1 ? 0 : 2
  eachRow(slope, WHOLE, width, height, (y, row) => {
    for (let x = 0, i = y * width, at = i * channels; x < width; x++, i++, at += channels) {
      const light = RED * data[at]! + GREEN * data[at + green]! + BLUE * data[at + blue]!
      mask[i] = Math.min(255, Math.max(0, Math.round(255 * (row[x]! * light + levels[i]!))))
    }
  })
  return { width, height, data: mask }
}

function luma(planes: Float32Array): Float32Array {
  const count = planes.length / 3
  return Float32Array.from(
    { length: count },
    (_, i) => 255 * (RED * planes[i]! + GREEN * planes[count + i]! + BLUE * planes[2 * count + i]!),
  )
}

/** Mean over the square of `2 · radius + 1` samples around each, cut at the border. */
function boxMean(plane: Float32Array, columns: number, rows: number, radius: number): Float32Array {
  const sums = new Float64Array((columns + 1) * (rows + 1))
  for (let y = 0; y < rows; y++) {
    let along = 0
    for (let x = 0; x < columns; x++) {
      along += plane[y * columns + x]!
      sums[(y + 1) * (columns + 1) + x + 1] = sums[y * (columns + 1) + x + 1]! + along
    }
  }
  const out = new Float32Array(plane.length)
  for (let y = 0; y < rows; y++) {
    const top = Math.max(0, y - radius)
    const bottom = Math.min(rows, y + radius + 1)
    for (let x = 0; x < columns; x++) {
      const left = Math.max(0, x - radius)
      const right = Math.min(columns, x + radius + 1)
      const at = (row: number, column: number) => sums[row * (columns + 1) + column]!
      const sum = at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left)
      out[y * columns + x] = sum / ((bottom - top) * (right - left))
    }
  }
  return out
}
