import type { TensorData } from '@beatloom/core'
import { expect, it } from 'vitest'
import { callInWindows, pyramid, windowsOf } from './context-windows.ts'

it('cuts 37 latent frames as ComfyUI does with 21 and 8', () => {
  const froms = (frames: number) => windowsOf(frames, { length: 21, overlap: 8 }).map(({ from }) => from)
  expect(froms(21)).toEqual([0])
  expect(froms(34)).toEqual([0, 13])
  expect(froms(37)).toEqual([0, 13, 16])
  expect(windowsOf(37, { length: 21, overlap: 8 }).at(-1)).toEqual({ from: 16, to: 37 })
})

it('weighs the middle of a window most', () => {
  expect(pyramid(5)).toEqual([1, 2, 3, 2, 1])
  expect(pyramid(4)).toEqual([1, 2, 2, 1])
})

const clip = (channels: number, frames: number, value: (channel: number, frame: number, i: number) => number) => ({
  dims: [1, channels, frames, 1, 2],
  data: Float32Array.from({ length: channels * frames * 2 }, (_, at) =>
    value(Math.floor(at / (frames * 2)), Math.floor(at / 2) % frames, at % 2),
  ),
})
const windows = { length: 4, overlap: 2 }

it('gives what one call would where the network looks at each frame by itself', async () => {
  const latent = { hidden_states: clip(3, 9, (c, f, i) => 100 * c + 10 * f + i) }
  const double = async ({ hidden_states: given }: Record<string, TensorData>) => ({
    out: { dims: given!.dims, data: (given!.data as Float32Array).map((value) => 2 * value) },
  })
  const { out } = await callInWindows(windows, latent, {}, (all) => all, double)
  expect(out!.dims).toEqual([1, 3, 9, 1, 2])
  for (const [k, value] of (out!.data as Float32Array).entries()) {
    expect(value).toBeCloseTo(2 * latent.hidden_states.data[k]!, 3)
  }
})

it('cuts conditions that run over time, leaves the others, and takes the weighted mean', async () => {
  const latent = { hidden_states: clip(1, 6, () => 0) }
  const conditions = { over_time: clip(2, 6, (_, f) => f), words: { dims: [1, 3], data: new Float32Array(3) } }
  const seen: { frames: number[]; words: number[] | undefined; first: boolean }[] = []
  const { out } = await callInWindows(
    windows,
    latent,
    conditions,
    (all, { from }) => (from === 0 ? { ...all, first: { dims: [1], data: new Float32Array(1) } } : all),
    async ({ hidden_states: given }, { over_time, words, first }) => {
      const frames = [...(over_time!.data as Float32Array).subarray(0, 2 * over_time!.dims[2]!)]
      seen.push({ frames: frames.filter((_, k) => k % 2 === 0), words: words?.dims, first: first !== undefined })
      return { out: { dims: given!.dims, data: new Float32Array(given!.data.length).fill(seen.length) } }
    },
  )
  expect(seen).toEqual([
    { frames: [0, 1, 2, 3], words: [1, 3], first: true },
    { frames: [2, 3, 4, 5], words: [1, 3], first: false },
  ])
  // Windows weigh 1 2 2 1: frame 2 is (2·1 + 1·2) / 3, frame 3 is (1·1 + 2·2) / 3.
  const perFrame = [...(out!.data as Float32Array)].filter((_, k) => k % 2 === 0)
  expect(perFrame.map((value) => Number(value.toFixed(4)))).toEqual([1, 1, 1.3333, 1.6667, 2, 2])
})
