import type { Image } from '@beatloom/core'

/** Brightness of a picture, `height × width`, row-major. */
export interface Plane {
  width: number
  height: number
  values: Float32Array
}

export function planeOf(width: number, height: number): Plane {
  return { width, height, values: new Float32Array(width * height) }
}

/** Luma of an RGB picture (ITU-R BT.709 weights on display values), 0 … 255. */
export function lumaOf({ width, height, data }: Image): Plane {
  const plane = planeOf(width, height)
  for (let i = 0; i < plane.values.length; i++) {
    plane.values[i] = 0.2126 * data[i * 3]! + 0.7152 * data[i * 3 + 1]! + 0.0722 * data[i * 3 + 2]!
  }
  return plane
}

/** Half as wide and high: means of two by two pixels; an odd last row or column is left out. */
export function halved(plane: Plane): Plane {
  const { width, values } = plane
  const half = planeOf(width >> 1, plane.height >> 1)
  for (let y = 0; y < half.height; y++) {
    for (let x = 0; x < half.width; x++) {
      const at = 2 * y * width + 2 * x
      const sum = values[at]! + values[at + 1]! + values[at + width]! + values[at + width + 1]!
      half.values[y * half.width + x] = sum / 4
    }
  }
  return half
}

/** Mean over a square of `2 · reach + 1` pixels, edges repeated. */
export function boxMean(plane: Plane, reach: number): Plane {
  return transposed(lineMeans(transposed(lineMeans(plane, reach)), reach))
}

function lineMeans({ width, height, values }: Plane, reach: number): Plane {
  const out = planeOf(width, height)
  for (let y = 0; y < height; y++) {
    const from = y * width
    const at = (x: number) => values[from + Math.min(width - 1, Math.max(0, x))]!
    let sum = 0
    for (let x = -reach; x <= reach; x++) sum += at(x)
    for (let x = 0; x < width; x++) {
      out.values[from + x] = sum / (2 * reach + 1)
      sum += at(x + reach + 1) - at(x - reach)
    }
  }
  return out
}

function transposed({ width, height, values }: Plane): Plane {
  const out = planeOf(height, width)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out.values[x * height + y] = values[y * width + x]!
  return out
}

/**
 * Detail alone: each pixel minus the mean around it, over the deviation around it. What light does to a whole
 * neighbourhood drops out, so motion can be followed through pulses and flashes.
 */
export function detailOf(plane: Plane, reach: number): Plane {
  const mean = boxMean(plane, reach)
  const out = planeOf(plane.width, plane.height)
  for (let i = 0; i < out.values.length; i++) out.values[i] = plane.values[i]! - mean.values[i]!
  const power = boxMean({ ...out, values: out.values.map((value) => value * value) }, 2 * reach)
  // Two steps of 8-bit brightness: flat places stay flat instead of showing the encoder's noise.
  const FLOOR = 4
  for (let i = 0; i < out.values.length; i++) out.values[i]! /= Math.sqrt(power.values[i]! + FLOOR)
  return out
}
