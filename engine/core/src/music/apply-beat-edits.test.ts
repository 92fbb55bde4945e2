import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Beats } from '../values.ts'
import { applyBeatEdits, LEAST_GAP_SECONDS } from './apply-beat-edits.ts'
import { type BeatEdit, beatEditsSchema } from './beat-edits.ts'
import { tempoCurveOf, tempoOfBeats } from './beat-tempo.ts'
import { anyBeats, anyEdit } from './music-arbitraries.ts'

const seed = Number(process.env.BEATLOOM_SEED ?? Math.floor(Math.random() * 2 ** 31))
const level = new Float32Array(1000)

/** 10 s at 120 BPM, beats at 0, 0.5 … 9.5, a bar every `meter` beats. */
function song(meter = 4): Beats {
  const beats = Array.from({ length: 20 }, (_, i) => i / 2)
  return {
    durationSeconds: 10,
    beats,
    downbeats: beats.filter((_, i) => i % meter === 0),
    tempoBpm: 120,
    meter,
    confidence: 0.9,
    tempoCandidates: [120, 60, 240].map((bpm, i) => ({ bpm, salience: 1 - i / 4 })),
    tempoCurve: [{ seconds: 0, bpm: 120 }],
    envelopes: { rate: 100, onset: level, bass: level, mid: level, high: level, loudness: level },
  }
}

const edited = (beats: Beats, ...edits: BeatEdit[]): Beats => applyBeatEdits(beats, edits).beats

describe('single beats', () => {
  it('adds one, in its place', () => {
    expect(edited(song(), { do: 'add', at: 1.25 }).beats.slice(2, 5)).toEqual([1, 1.25, 1.5])
    expect(edited(song(), { do: 'add', at: 1.25, downbeat: true }).downbeats).toEqual([0, 1.25, 2, 4, 6, 8])
  })
  it('adds one where one is already: that one goes, and a bar line stays a bar line', () => {
    const { beats, downbeats } = edited(song(), { do: 'add', at: 2.03 })
    expect(beats).toHaveLength(20)
    expect(downbeats).toEqual([0, 2.03, 4, 6, 8])
  })
  it('removes the nearest within 70 ms, with its bar line', () => {
    const { beats, downbeats } = edited(song(), { do: 'remove', at: 4.07 })
    expect(beats).not.toContain(4)
    expect(beats).toHaveLength(19)
    expect(downbeats).toEqual([0, 2, 6, 8])
  })
  it('moves one, bar line and all', () => {
    const { beats, downbeats } = edited(song(), { do: 'move', at: 3.95, to: 4.1 })
    expect(beats.slice(7, 10)).toEqual([3.5, 4.1, 4.5])
    expect(downbeats).toEqual([0, 2, 4.1, 6, 8])
  })
  it('makes a beat the first of a bar, or no longer', () => {
    expect(edited(song(), { do: 'downbeat', at: 1, downbeat: true }).downbeats).toEqual([0, 1, 2, 4, 6, 8])
    expect(edited(song(), { do: 'downbeat', at: 2, downbeat: false }).downbeats).toEqual([0, 4, 6, 8])
  })
  it('leaves what found no beat, and changes nothing then', () => {
    const beats = song()
    const edits: BeatEdit[] = [
      { do: 'remove', at: 1.25 },
      { do: 'move', at: 1.08, to: 2 },
      { do: 'downbeat', at: 9.9, downbeat: true },
      { do: 'add', at: 10.5 },
      { do: 'move', at: 1, to: 11 },
      { do: 'tap', times: [20, 21] },
    ]
    const result = applyBeatEdits(beats, edits)
    expect(result.unmatched).toEqual(edits)
    expect(result.beats).toBe(beats)
  })
  it('finds what an edit before it put there', () => {
    const { unmatched } = applyBeatEdits(song(), [
      { do: 'add', at: 1.25 },
      { do: 'move', at: 1.25, to: 1.3 },
    ])
    expect(unmatched).toEqual([])
  })
})

describe('the whole piece', () => {
  it('doubles: a beat between every two, bars of twice as many', () => {
    const { beats, downbeats, tempoBpm, meter, tempoCandidates } = edited(song(), { do: 'double' })
    expect(beats).toHaveLength(39)
    expect(beats.slice(0, 3)).toEqual([0, 0.25, 0.5])
    expect(downbeats).toEqual([0, 2, 4, 6, 8])
    expect([tempoBpm, meter]).toEqual([240, 8])
    expect(tempoCandidates.map(({ bpm }) => bpm)).toEqual([240, 120, 60])
  })
  it('halves from the first beat on', () => {
    const { beats, downbeats, tempoBpm, meter } = edited(song(), { do: 'halve', from: 'first' })
    expect(beats).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(downbeats).toEqual([0, 2, 4, 6, 8])
    expect([tempoBpm, meter]).toEqual([60, 2])
  })
  it('halves from the second on: bar lines go to the next beat that stays', () => {
    const { beats, downbeats } = edited(song(), { do: 'halve', from: 'second' })
    expect(beats.slice(0, 3)).toEqual([0.5, 1.5, 2.5])
    expect(downbeats).toEqual([0.5, 2.5, 4.5, 6.5, 8.5])
  })
  it('halves bars of three to every second bar', () => {
    expect(edited(song(3), { do: 'halve', from: 'first' }).downbeats).toEqual([0, 3, 6, 9])
  })
  it('shifts bar lines, and fills the bars that open up at the ends', () => {
    expect(edited(song(), { do: 'shift', beats: 1 }).downbeats).toEqual([0.5, 2.5, 4.5, 6.5, 8.5])
    expect(edited(song(), { do: 'shift', beats: -1 }).downbeats).toEqual([1.5, 3.5, 5.5, 7.5, 9.5])
    expect(edited(song(), { do: 'shift', beats: 4 }).downbeats).toEqual(song().downbeats)
  })
  it('delays every beat; those pushed out of the sound are gone', () => {
    const later = edited(song(), { do: 'delay', seconds: 0.6 })
    expect(later.beats.slice(0, 2)).toEqual([0.6, 1.1])
    expect(later.beats.at(-1)).toBe(9.6)
    expect(later.beats).toHaveLength(19)
    expect(later.downbeats).toEqual([0.6, 2.6, 4.6, 6.6, 8.6])
  })
  it('takes tapped beats in place of those between, and hands bar lines to the nearest tap', () => {
    const { beats, downbeats } = edited(song(), { do: 'tap', times: [3.02, 3.9, 4.8] })
    expect(beats.slice(4, 10)).toEqual([2, 2.5, 3.02, 3.9, 4.8, 5])
    expect(downbeats).toEqual([0, 2, 3.9, 6, 8])
  })
  it('makes a beat where there was none', () => {
    const none = {
      ...song(),
      beats: [],
      downbeats: [],
      tempoBpm: null,
      meter: null,
      tempoCandidates: [],
      tempoCurve: [],
    }
    const { tempoBpm, tempoCurve, tempoCandidates } = edited(none, { do: 'tap', times: [1, 1.6, 2.2] })
    expect(tempoBpm).toBeCloseTo(100, 6)
    expect(tempoCurve).toEqual([{ seconds: 1, bpm: tempoBpm }])
    expect(tempoCandidates).toEqual([{ bpm: tempoBpm, salience: 0 }])
  })
})

describe(`any edits of any music (seed ${seed})`, () => {
  const run = (check: (beats: Beats, edits: BeatEdit[]) => void): void =>
    fc.assert(fc.property(anyBeats, fc.array(anyEdit, { maxLength: 12 }), check), { seed, numRuns: 500 })

  it('keep beats in order, apart and inside, downbeats among them, tempo and curve of them', () => {
    run((beats, edits) => {
      expect(beatEditsSchema.safeParse(edits).success).toBe(true)
      const copy = structuredClone(beats)
      const { beats: after, unmatched } = applyBeatEdits(beats, edits)
      expect(beats).toEqual(copy)
      for (const [i, time] of after.beats.entries()) {
        expect(time).toBeGreaterThanOrEqual(0)
        expect(time).toBeLessThanOrEqual(after.durationSeconds)
        // A delay rounds to tenths of a millisecond.
        if (i > 0) expect(time - (after.beats[i - 1] as number)).toBeGreaterThan(LEAST_GAP_SECONDS - 2e-4)
      }
      expect(after.downbeats).toEqual(after.beats.filter((time) => after.downbeats.includes(time)))
      expect(after.tempoBpm).toEqual(tempoOfBeats(after.beats))
      expect(after.tempoCurve).toEqual(tempoCurveOf(after.beats))
      expect(after.envelopes).toBe(beats.envelopes)
      expect(unmatched).toEqual(edits.filter((edit) => unmatched.includes(edit)))
    })
  })

  it('do what they do one after the other, those without a beat left out', () => {
    run((beats, edits) => {
      const whole = applyBeatEdits(beats, edits)
      const effective = edits.filter((edit) => !whole.unmatched.includes(edit))
      expect(applyBeatEdits(beats, effective)).toEqual({ beats: whole.beats, unmatched: [] })
      const steps = effective.reduce((so, edit) => applyBeatEdits(so, [edit]).beats, beats)
      expect(steps.beats).toEqual(whole.beats.beats)
    })
  })

  it('are undone by their opposite: add and remove, double and halve, shift there and back', () => {
    run((beats) => {
      const { beats: back } = applyBeatEdits(beats, [{ do: 'double' }, { do: 'halve', from: 'first' }])
      const wide = beats.beats.every((time, i) => i === 0 || time - (beats.beats[i - 1] as number) >= 0.1)
      if (wide) expect([back.beats, back.downbeats]).toEqual([beats.beats, beats.downbeats])
      const gap = beats.beats.findIndex((time, i) => i > 0 && time - (beats.beats[i - 1] as number) > 0.2)
      if (gap > 0) {
        const at = (beats.beats[gap] as number) - 0.1
        const undone = applyBeatEdits(beats, [
          { do: 'add', at },
          { do: 'remove', at },
        ])
        expect(undone.beats.beats).toEqual(beats.beats)
        expect(undone.beats.downbeats).toEqual(beats.downbeats)
      }
      const regular = { ...beats, downbeats: beats.beats.filter((_, i) => i % 4 === 1), meter: 4 }
      const shifted = applyBeatEdits(regular, [
        { do: 'shift', beats: 3 },
        { do: 'shift', beats: -3 },
      ])
      if (regular.downbeats.length > 2) expect(shifted.beats.downbeats).toEqual(regular.downbeats)
    })
  })
})
