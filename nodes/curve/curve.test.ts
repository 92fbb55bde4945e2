import type { Beats, Curve } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { describe, expect, it } from 'vitest'
import { combineCurves } from './combine-curves.ts'
import { curveFromBeats } from './curve-from-beats.ts'
import { curveMath } from './curve-math.ts'
import { curveAt, curveDisplay } from './curve-values.ts'
import { safeMarks } from './pulses.ts'

function music(beats: number[], downbeats: number[], seconds = 4): Beats {
  const level = (value: number) => new Float32Array(seconds * 100).fill(value)
  const onset = level(0)
  onset[100] = 0.8
  return {
    durationSeconds: seconds,
    beats,
    downbeats,
    tempoBpm: 120,
    meter: 4,
    confidence: 1,
    tempoCandidates: [],
    envelopes: { rate: 100, onset, bass: level(0.1), mid: level(0.2), high: level(0.3), loudness: level(0.4) },
  }
}

async function curveOf(beats: Beats, params: Record<string, unknown>): Promise<Curve> {
  return (await runNode(curveFromBeats, { beats }, params)).curve as Curve
}

describe('curve.from-beats', () => {
  it('is 1 on each beat and 37 % one decay later', async () => {
    const curve = await curveOf(music([0.5, 1.5, 2.5], [0.5]), { source: 'beat-pulse', decaySeconds: 0.2 })
    for (const beat of [0.5, 1.5, 2.5]) {
      expect(curveAt(curve, beat)).toBeCloseTo(1, 2)
      expect(curveAt(curve, beat + 0.2)).toBeCloseTo(Math.exp(-1), 2)
    }
    expect(curveAt(curve, 0.3)).toBe(0)
  })

  it('pulses on downbeats alone when asked for bars', async () => {
    const curve = await curveOf(music([0.5, 1, 1.5, 2, 2.5], [0.5, 2.5]), { source: 'bar-pulse', decaySeconds: 0.1 })
    expect(curveAt(curve, 0.5)).toBeCloseTo(1, 2)
    expect(curveAt(curve, 1.5)).toBeLessThan(0.001)
    expect(curveAt(curve, 2.5)).toBeCloseTo(1, 2)
  })

  it('lets an onset ring', async () => {
    const curve = await curveOf(music([], []), { source: 'onset', decaySeconds: 0.5 })
    expect(curveAt(curve, 0.9)).toBe(0)
    expect(curveAt(curve, 1)).toBeCloseTo(0.8, 5)
    expect(curveAt(curve, 1.5)).toBeCloseTo(0.8 * Math.exp(-1), 3)
  })

  it.each([
    ['bass', 0.1],
    ['mid', 0.2],
    ['high', 0.3],
    ['loudness', 0.4],
  ] as const)('follows the %s', async (source, value) => {
    const curve = await curveOf(music([], []), { source })
    expect(curve.values).toHaveLength(400)
    expect(curveAt(curve, 2)).toBeCloseTo(value, 5)
  })

  it('is all zeros for music without beats', async () => {
    expect((await curveOf(music([], []), { source: 'beat-pulse' })).values.every((value) => value === 0)).toBe(true)
  })
})

describe('safeMarks', () => {
  const beatsAt = (bpm: number) => Array.from({ length: 20 }, (_, i) => (60 / bpm) * i)

  it('keeps every beat up to three a second, every second one above', () => {
    expect(safeMarks(beatsAt(120))).toHaveLength(20)
    expect(safeMarks(beatsAt(180))).toHaveLength(20)
    expect(safeMarks(beatsAt(200))).toHaveLength(10)
  })

  it('leaves one mark or none alone', () => {
    expect(safeMarks([])).toEqual([])
    expect(safeMarks([2])).toEqual([2])
  })
})

describe('curve.math', () => {
  const shape = async (values: number[], params: Record<string, unknown>) => [
    ...((await runNode(curveMath, { curve: { rate: 10, values: Float32Array.from(values) } }, params)).curve as Curve)
      .values,
  ]

  it('bends, scales and shifts, in this order', async () => {
    expect(await shape([0, 0.5, 1, -0.5], { power: 2, scale: 3, offset: 1 })).toEqual([1, 1.75, 4, 0.25])
  })

  it('keeps values within limits', async () => {
    expect(await shape([-2, 0.5, 2], { minimum: 0, maximum: 1 })).toEqual([0, 0.5, 1])
  })

  it('smooths to both sides alike and keeps the mean', async () => {
    const out = await shape([0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0], { smoothSeconds: 0.4 })
    const rounded = out.map((value) => Math.round(value * 1e6) / 1e6)
    // Two running means of three: 1 2 3 2 1 ninths of 9.
    expect(rounded).toEqual([0, 0, 0, 1, 2, 3, 2, 1, 0, 0, 0])
  })

  it('refuses limits the wrong way round', () => {
    const params = curveMath.params.parse({ minimum: 1, maximum: 0 })
    expect(curveMath.check?.(params).map((problem) => problem.param)).toEqual(['minimum'])
  })
})

describe('curve.combine', () => {
  const a: Curve = { rate: 10, values: Float32Array.of(1, 2, 3, 4) }
  const b: Curve = { rate: 5, values: Float32Array.of(10, 20) }

  it.each([
    ['add', [11, 17, 23, 24]],
    ['subtract', [-9, -13, -17, -16]],
    ['multiply', [10, 30, 60, 80]],
    ['maximum', [10, 15, 20, 20]],
    ['minimum', [1, 2, 3, 4]],
  ])('%s, at the finer rate, the coarser curve read between its values', async (operation, expected) => {
    const { curve } = await runNode(combineCurves, { a, b }, { operation })
    expect((curve as Curve).rate).toBe(10)
    expect([...(curve as Curve).values]).toEqual(expected)
  })
})

describe('curveDisplay', () => {
  it('keeps the peaks of a long curve within 1,200 values', () => {
    const values = new Float32Array(12_000)
    values[5003] = 1
    const shown = curveDisplay({ rate: 100, values })
    expect(shown).toMatchObject({ kind: 'curve', rate: 10 })
    expect((shown as { values: number[] }).values).toHaveLength(1200)
    expect((shown as { values: number[] }).values[500]).toBe(1)
  })
})

describe('curveAt', () => {
  it('is linear between values, holds the ends, and is 0 for an empty curve', () => {
    const curve: Curve = { rate: 2, values: Float32Array.of(0, 4) }
    expect([-1, 0, 0.25, 0.5, 9].map((time) => curveAt(curve, time))).toEqual([0, 0, 2, 4, 4])
    expect(curveAt({ rate: 2, values: new Float32Array(0) }, 1)).toBe(0)
  })
})
