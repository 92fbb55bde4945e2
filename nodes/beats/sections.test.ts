import type { Beats } from '@beatloom/core'
import { expect, it } from 'vitest'
import { findSections } from './sections.ts'

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

it('P3: sections begin at the bars where the sound changes, and alike ones have the same letter', () => {
  expect(findSections(piece([...bars(8, 0.8), ...bars(6, 0.2), ...bars(8, 0.8)]))).toEqual([
    { start: 0, end: 16, label: 'A' },
    { start: 16, end: 28, label: 'B' },
    { start: 28, end: 44, label: 'A' },
  ])
})

it('P3: a piece that stays as it is, or is too short, has no sections', () => {
  expect(findSections(piece(bars(20, 0.5)))).toEqual([])
  expect(findSections(piece([...bars(2, 0.9), ...bars(2, 0.1)]))).toEqual([])
})

it('P3: without bars, changes are found on an even grid', () => {
  const { downbeats: _, ...rest } = piece([...bars(6, 0.9), ...bars(6, 0.1)])
  expect(findSections({ ...rest, downbeats: [] }).map((section) => section.start)).toEqual([0, 12])
})
