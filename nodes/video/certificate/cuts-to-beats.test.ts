import { describe, expect, it } from 'vitest'
import { randomFrom, steadyBeats } from '../../beats/synthetic-sounds.ts'
import { type CutsToBeats, cutsToBeats } from './cuts-to-beats.ts'

const beats = steadyBeats(120, 60, 0.2)
const everyOther = beats.filter((_, i) => i % 2 === 0)
const by = (seconds: number): number[] => everyOther.map((beat) => beat + seconds)

function compared(cuts: readonly number[], against: readonly number[] = beats): CutsToBeats {
  const result = cutsToBeats(cuts, against)
  if (typeof result === 'string') throw new Error(result)
  return result
}

describe('cuts against beats', () => {
  it.each([-0.19, -0.1, -0.02, 0, 0.033, 0.125, 0.19])('finds a shift of all cuts by %d s', (shift) => {
    const found = compared(by(shift))
    expect(found.grid).toBe('beats')
    for (const ms of [found.shiftMs, found.lowMs, found.highMs]) expect(ms).toBeCloseTo(1e3 * shift, 6)
    for (const ms of [found.medianMs, found.p95Ms, found.maxMs]) expect(ms).toBeCloseTo(1e3 * Math.abs(shift), 6)
    expect(found.agreement).toBeCloseTo(1, 9)
  })

  it('holds the true shift in its interval of 95 %, for cuts rounded to frames and beats that err by 8 ms', () => {
    const seed = Math.floor(Math.random() * 1e6)
    const random = randomFrom(seed)
    let within = 0
    for (let round = 0; round < 400; round++) {
      const shift = 0.2 * (random() - 0.5)
      const cuts = everyOther.map((beat) => beat + shift + (random() - 0.5) / 30)
      const heard = beats.map((beat) => beat + 0.016 * (random() - 0.5))
      const { lowMs, highMs } = compared(cuts, heard)
      if (lowMs <= 1e3 * shift && highMs >= 1e3 * shift) within++
    }
    // 380 of 400 are 95 %; three deviations of that count are 13.
    expect(within, `seed ${seed}`).toBeGreaterThanOrEqual(367)
  })

  it('keeps a shift of nearly half a beat in one piece', () => {
    const { shiftMs, maxMs } = compared(everyOther.map((beat, i) => beat + 0.19 + (i % 2 === 0 ? 0.03 : -0.03)))
    expect(shiftMs).toBeGreaterThan(155)
    expect(maxMs).toBeCloseTo(220, 6)
  })

  it('sees cuts on every beat where the analysis took every other one', () => {
    const { grid, shiftMs } = compared(
      beats.map((beat) => beat + 0.04),
      everyOther,
    )
    expect(grid).toBe('half-beats')
    expect(shiftMs).toBeCloseTo(40, 6)
  })

  it('says why nothing can be compared', () => {
    expect(cutsToBeats([], beats)).toBe('no_cuts')
    expect(cutsToBeats(by(0), [])).toBe('no_beat')
    expect(cutsToBeats(by(0).slice(0, 4), beats)).toBe('few_cuts')
    expect(cutsToBeats([100, 101, 102, 103, 104], beats)).toBe('few_cuts')
    expect(cutsToBeats(by(0.25), beats)).toBe('off_beats')
  })

  it('takes cuts at random for cuts at random, but for one case in fifty', () => {
    const seed = Math.floor(Math.random() * 1e6)
    const random = randomFrom(seed)
    let taken = 0
    for (let round = 0; round < 500; round++) {
      const cuts = Array.from({ length: 5 + Math.floor(40 * random()) }, () => 60 * random()).sort((a, b) => a - b)
      if (typeof cutsToBeats(cuts, beats) === 'object') taken++
    }
    expect(taken, `seed ${seed}`).toBeLessThanOrEqual(10)
  })
})
