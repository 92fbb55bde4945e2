import { expect, it } from 'vitest'
import { bytesPerLatentPixel, chooseTiling, smallerTiling } from './tile-choice.ts'
import { cutOut, ramps, stretches } from './tiles.ts'

it('cuts a side into tiles that share what they should, the last flush with the end', () => {
  expect(stretches(10, 16, 4)).toEqual([{ from: 0, to: 10 }])
  expect(stretches(20, 8, 2)).toEqual([
    { from: 0, to: 8 },
    { from: 6, to: 14 },
    { from: 12, to: 20 },
  ])
  expect(stretches(21, 8, 2).at(-1)).toEqual({ from: 13, to: 21 })
})

it('fades only where tiles meet, and every pixel counts somewhere', () => {
  const all = stretches(21, 8, 2)
  const sums = new Float32Array(42)
  for (const [k, { from }] of all.entries()) {
    for (const [i, weight] of ramps(all, k, 2).entries()) sums[2 * from + i]! += weight
  }
  expect(Math.min(...sums)).toBeGreaterThan(0.5)
  const first = [...ramps(all, 0, 2)]
  expect(first.slice(0, 12)).toEqual(new Array(12).fill(1))
  expect(first.slice(12)).toEqual([0.875, 0.625, 0.375, 0.125])
})

it('cuts frames, rows and columns out of a clip', () => {
  const dims = [2, 3, 4, 5] as const
  const data = Float32Array.from({ length: 120 }, (_, i) => i)
  const cut = cutOut(data, dims, { from: 1, to: 3 }, { from: 2, to: 4 }, { from: 1, to: 3 })
  expect(cut.dims).toEqual([1, 2, 2, 2, 2])
  const at = (channel: number, frame: number, row: number, column: number) =>
    ((channel * 3 + frame) * 4 + row) * 5 + column
  const expected = [0, 1].flatMap((c) =>
    [1, 2].flatMap((f) => [2, 3].flatMap((r) => [1, 2].map((x) => at(c, f, r, x)))),
  )
  expect([...cut.data]).toEqual(expected)
})

it('takes tiles only where memory asks for them, and smaller ones when it ran out', () => {
  const facts = {
    mean: [],
    latentsOfRound: 0,
    deviation: [],
    caches: [
      { channels: 384, frames: 2, scale: 1 },
      { channels: 96, frames: 2, scale: 8 },
    ],
  }
  const each = bytesPerLatentPixel(facts, 2)
  expect(each).toBe(4 * (2 * (768 + 96 * 2 * 64) + 6 * 96 * 64 * 8))
  const area = { rows: 60, columns: 104, latents: 2 }
  expect(chooseTiling(facts, area, null, 8, each * 60 * 104)).toEqual({ tile: 104, overlap: 0 })
  expect(chooseTiling(facts, area, null, 8, each * 1100)).toEqual({ tile: 32, overlap: 8 })
  expect(chooseTiling(facts, area, 256, 8, 1)).toEqual({ tile: 32, overlap: 8 })
  expect(chooseTiling(facts, area, 0, 8, 1)).toEqual({ tile: 104, overlap: 0 })
  // However little there is, a tile sees something around itself.
  expect(chooseTiling(facts, area, null, 8, 1).tile).toBe(8)
  // A graph without caches takes 21 latent frames at once: 96 channels over 8 × 8 pixels of 84 frames, six times.
  const plain = { mean: new Array(16).fill(0), deviation: [], latentsOfRound: 0, caches: [] }
  expect(bytesPerLatentPixel(plain, 21)).toBe(4 * 6 * 96 * 64 * 84)
  expect(chooseTiling(plain, { ...area, latents: 21 }, null, 8, 16e9).tile).toBe(32)
  expect(smallerTiling({ tile: 104, overlap: 0 }, area)).toEqual({ tile: 52, overlap: 13 })
  expect(smallerTiling({ tile: 8, overlap: 2 }, area)).toBeNull()
})
