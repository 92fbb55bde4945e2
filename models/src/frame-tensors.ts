import type { TensorData } from '@beatloom/core'

/** An empty `[1, channels, frames, rows, columns]`. */
export function stretch(channels: number, frames: number, rows: number, columns: number) {
  return { dims: [1, channels, frames, rows, columns], data: new Float32Array(channels * frames * rows * columns) }
}

/** Puts some frames into others from a frame on; what goes beyond the end is left out. */
export function place(whole: TensorData, part: TensorData, from: number): void {
  const [, channels, frames, rows, columns] = whole.dims as [number, number, number, number, number]
  const count = Math.min(part.dims[2]!, frames - from)
  const plane = rows * columns
  const values = part.data as Float32Array
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * part.dims[2]! * plane
    const target = whole.data as Float32Array
    target.set(values.subarray(start, start + count * plane), (channel * frames + from) * plane)
  }
}

/** Some frames of a clip, zeros beyond its end. */
export function framesOf(whole: TensorData, from: number, count: number): { dims: number[]; data: Float32Array } {
  const [, channels, frames, rows, columns] = whole.dims as [number, number, number, number, number]
  const part = stretch(channels, count, rows, columns)
  const plane = rows * columns
  const there = Math.max(0, Math.min(count, frames - from))
  for (let channel = 0; channel < channels; channel++) {
    const start = (channel * frames + from) * plane
    part.data.set((whole.data as Float32Array).subarray(start, start + there * plane), channel * count * plane)
  }
  return part
}

/** One clip behind the other. */
export function joined(first: TensorData, second: TensorData): { dims: number[]; data: Float32Array } {
  const [, channels, , rows, columns] = first.dims as [number, number, number, number, number]
  const both = stretch(channels, first.dims[2]! + second.dims[2]!, rows, columns)
  place(both, first, 0)
  place(both, second, first.dims[2]!)
  return both
}
