import type { Beats } from '@beatloom/core'
import { expect, it } from 'vitest'
import { pieceSections } from './sections.ts'

/** Bars of two seconds, each at one level in every band. */
function piece(levels: readonly number[]): Beats {
  const rate = 100
  const envelope = Float32Array.from(
    { length: levels.length * 2 * rate },
    (_, t) => levels[Math.floor(t / (2 * rate))]!,
  )
  return {
    durationSeconds: levels.length * 2,
    beats: [],
    downbeats: levels.map((_, bar) => bar * 2),
    tempoBpm: 120,
    meter: 4,
    confidence: 1,
    tempoCandidates: [],
    envelopes: { rate, onset: envelope, bass: envelope, mid: envelope, high: envelope, loudness: envelope },
  }
}
const bars = (count: number, level: number): number[] => Array.from({ length: count }, () => level)

it('P3: sections begin at the bars where the sound changes, and alike ones have the same letter and energy', () => {
  expect(pieceSections(piece([...bars(8, 0.8), ...bars(6, 0.2), ...bars(8, 0.8)]))).toEqual([
    { startSeconds: 0, endSeconds: 16, label: 'A', energy: 1 },
    { startSeconds: 16, endSeconds: 28, label: 'B', energy: 0 },
    { startSeconds: 28, endSeconds: 44, label: 'A', energy: 1 },
  ])
})

it('P3: a piece that stays as it is, or is too short, is a single section', () => {
  expect(pieceSections(piece(bars(20, 0.5)))).toEqual([{ startSeconds: 0, endSeconds: 40, label: 'A', energy: 0.5 }])
  const short = pieceSections(piece([...bars(2, 0.9), ...bars(2, 0.1)]))
  expect(short).toEqual([{ startSeconds: 0, endSeconds: 8, label: 'A', energy: 0.5 }])
})

it('P3: without bars, changes are found on an even grid', () => {
  const { downbeats: _, ...rest } = piece([...bars(6, 0.9), ...bars(6, 0.1)])
  const found = pieceSections({ ...rest, downbeats: [] })
  expect(found.map((section) => section.startSeconds)).toEqual([0, 12])
})

it('a difference of 1 dB is not stretched to the whole scale', () => {
  // 45 dB are 1, and 6 dB the least that fills the scale: ±0.5 dB is a twelfth of it, beside the middle.
  const ripple = pieceSections(piece([...bars(8, 0.5 - 0.5 / 45), ...bars(8, 0.5 + 0.5 / 45)]))
  expect(ripple).toHaveLength(1)
  expect(ripple[0]?.energy).toBeCloseTo(0.5, 2)
})

it('silence is one section without energy', () => {
  expect(pieceSections({ ...piece(bars(8, 0)), downbeats: [] })).toEqual([
    { startSeconds: 0, endSeconds: 16, label: 'A', energy: 0 },
  ])
})

it('more than 26 kinds of sound have letters too, and leave no gap', () => {
  // 32 mixes of five bands on and off are all unlike each other; four bars of each, in an order with large steps.
  const kinds = Array.from({ length: 32 }, (_, i) => (i * 11) % 32)
  const base = piece(kinds.flatMap((kind) => bars(4, kind)))
  const band = (bit: number) => base.envelopes.bass.map((kind) => (kind >> bit) & 1)
  const [onset, bass, mid, high, loudness] = [0, 1, 2, 3, 4].map(band) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  const found = pieceSections({ ...base, envelopes: { rate: 100, onset, bass, mid, high, loudness } })
  expect(new Set(found.map(({ label }) => label)).size).toBeGreaterThan(26)
  expect(found.map(({ label }) => label)).toContain('AA')
  expect(found.slice(1).map(({ startSeconds }) => startSeconds)).toEqual(
    found.slice(0, -1).map(({ endSeconds }) => endSeconds),
  )
  expect([found[0]?.startSeconds, found.at(-1)?.endSeconds]).toEqual([0, base.durationSeconds])
})
