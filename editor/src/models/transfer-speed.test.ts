import { expect, it } from 'vitest'
import { type Sample, speedOf, withSample } from './transfer-speed.ts'

const samplesOf = (...pairs: [atMs: number, bytes: number][]) =>
  pairs.reduce<Sample[]>((samples, [atMs, bytes]) => withSample(samples, { atMs, bytes }), [])

it('is what arrived in the last six seconds', () => {
  expect(speedOf(samplesOf([0, 0], [2_000, 8_000_000]))).toBe(4_000_000)
  expect(speedOf(samplesOf([0, 0], [4_000, 9_000_000], [10_000, 15_000_000]))).toBe(1_000_000)
})

it('is not known at first, nor while nothing comes', () => {
  expect(speedOf([])).toBeNull()
  expect(speedOf(samplesOf([0, 0], [500, 1000]))).toBeNull()
  expect(speedOf(samplesOf([0, 100], [3_000, 100]))).toBeNull()
})

it('begins anew where a file is fetched again', () => {
  expect(samplesOf([0, 0], [1_000, 900], [2_000, 10])).toEqual([{ atMs: 2_000, bytes: 10 }])
})
