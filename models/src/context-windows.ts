import type { ContextWindows, TensorData } from '@beatloom/core'
import { framesOf } from './frame-tensors.ts'

/** A network's call on some tensors `[1, channels, frames, rows, columns]`. */
type Call = (
  latent: Record<string, TensorData>,
  conditions: Record<string, TensorData>,
) => Promise<Record<string, TensorData>>

/** Latent frames `[from, to)`. */
export interface FrameWindow {
  from: number
  to: number
}

/** Windows of a fixed length in a row, the last one flush with the end (ComfyUI's "static standard" schedule). */
export function windowsOf(frames: number, { length, overlap }: ContextWindows): FrameWindow[] {
  if (frames <= length) return [{ from: 0, to: frames }]
  const stride = Math.max(1, length - overlap)
  const count = Math.ceil((frames - length) / stride) + 1
  return Array.from({ length: count }, (_, k) => {
    const from = Math.min(k * stride, frames - length)
    return { from, to: from + length }
  })
}

/** How much each frame of a window counts: rising to its middle and falling again, 1 at its ends. */
export function pyramid(length: number): number[] {
  return Array.from({ length }, (_, i) => Math.min(i, length - 1 - i) + 1)
}

/**
 * Calls a network on one window of frames after the other and takes the weighted mean where they overlap: for videos
 * that are longer than the network was taught. Cost grows with the number of windows.
 * @param inWindow what of the conditions holds in a window.
 */
export async function callInWindows(
  windows: ContextWindows,
  latent: Record<string, TensorData>,
  conditions: Record<string, TensorData>,
  inWindow: (conditions: Record<string, TensorData>, window: FrameWindow) => Record<string, TensorData>,
  call: Call,
): Promise<Record<string, TensorData>> {
  const frames = Math.max(...Object.values(latent).map(({ dims }) => dims[2] ?? 1))
  const all = windowsOf(frames, windows)
  if (all.length === 1) return call(latent, conditions)
  const sums = new Map<string, { dims: number[]; data: Float32Array }>()
  const counted = new Float32Array(frames)
  for (const window of all) {
    const outputs = await call(cutAll(latent, frames, window), cutAll(inWindow(conditions, window), frames, window))
    const weights = pyramid(window.to - window.from)
    for (const [k, weight] of weights.entries()) counted[window.from + k]! += weight
    for (const [name, output] of Object.entries(outputs)) {
      const dims = [...output.dims]
      dims[2] = frames
      const sum = sums.get(name) ?? { dims, data: new Float32Array(dims.reduce((product, dim) => product * dim, 1)) }
      sums.set(name, sum)
      eachFrame(sum.dims, window, (frame, at, from, plane) => {
        for (let i = 0; i < plane; i++) sum.data[at + i]! += weights[frame]! * Number(output.data[from + i])
      })
    }
  }
  for (const { dims, data } of sums.values()) {
    eachFrame(dims, { from: 0, to: frames }, (frame, at, _from, plane) => {
      for (let i = 0; i < plane; i++) data[at + i]! /= counted[frame]!
    })
  }
  return Object.fromEntries(sums)
}

/** Everything that runs over all frames, cut to a window; the rest as it is. */
function cutAll(tensors: Record<string, TensorData>, frames: number, window: FrameWindow): Record<string, TensorData> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => {
      if (tensor.dims.length !== 5 || tensor.dims[2] !== frames) return [name, tensor]
      return [name, framesOf(tensor, window.from, window.to - window.from)]
    }),
  )
}

/**
 * Walks a window's frames in every channel.
 * @param visit frame in the window, where it begins in the whole and in the window, and its values.
 */
function eachFrame(
  [, channels = 1, frames = 1, rows = 1, columns = 1]: readonly number[],
  { from, to }: FrameWindow,
  visit: (frame: number, inWhole: number, inWindow: number, plane: number) => void,
): void {
  const plane = rows * columns
  for (let channel = 0; channel < channels; channel++) {
    for (let frame = 0; frame < to - from; frame++) {
      const inWhole = (channel * frames + from + frame) * plane
      visit(frame, inWhole, (channel * (to - from) + frame) * plane, plane)
    }
  }
}
