import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Beats } from '../values.ts'
import { applyBeatEdits } from './apply-beat-edits.ts'
import { anyBeats } from './music-arbitraries.ts'
import { sliceBeats } from './slice-beats.ts'

const seed = Number(process.env.BEATLOOM_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** 10 s: beats every half second, slower from 5 s on, two sections; envelopes that hold their own frame number. */
const song: Beats = {
  durationSeconds: 10,
  beats: [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9],
  downbeats: [0.5, 2.5, 4.5, 8],
  tempoBpm: 120,
  meter: 4,
  confidence: 0.9,
  tempoCandidates: [{ bpm: 120, salience: 1 }],
  tempoCurve: [
    { seconds: 4, bpm: 120 },
    { seconds: 6, bpm: 60 },
  ],
  sections: [
    { startSeconds: 0, endSeconds: 4.5, label: 'A', energy: 0.2 },
    { startSeconds: 4.5, endSeconds: 10, label: 'B', energy: 0.9 },
  ],
  onsets: [0.5, 2.25, 4.49, 9.97],
  envelopes: (() => {
    const frames = Float32Array.from({ length: 1000 }, (_, t) => t)
    return { rate: 100, onset: frames, bass: frames, mid: frames, high: frames, loudness: frames }
  })(),
}

describe('sliceBeats', () => {
  it('counts from the start of the stretch', () => {
    const slice = sliceBeats(song, 2, 5)
    expect(slice.durationSeconds).toBe(3)
    expect(slice.beats).toEqual([0, 0.5, 1, 1.5, 2, 2.5])
    expect(slice.downbeats).toEqual([0.5, 2.5])
    expect(slice.onsets).toEqual([0.25, 4.49 - 2])
    expect(slice.sections).toEqual([
      { startSeconds: 0, endSeconds: 2.5, label: 'A', energy: 0.2 },
      { startSeconds: 2.5, endSeconds: 3, label: 'B', energy: 0.9 },
    ])
    expect([slice.envelopes.onset[0], slice.envelopes.onset.length]).toEqual([200, 300])
  })
  it('has a beat up to half a frame before the cut at its very start', () => {
    expect(sliceBeats(song, 4.5208, 6).beats).toEqual([0, 5 - 4.5208])
    expect(sliceBeats(song, 3, 4.5208).beats.at(-1)).toBe(1)
  })
  it('has the tempo of its own beats, and none with fewer than two', () => {
    expect(sliceBeats(song, 6, 10).tempoBpm).toBe(60)
    expect(sliceBeats(song, 6, 10).tempoCurve).toEqual([{ seconds: 0, bpm: 60 }])
    expect(sliceBeats(song, 0, 3)).toMatchObject({ tempoBpm: 120, tempoCurve: [{ seconds: 0.5, bpm: 120 }] })
    expect(sliceBeats(song, 5.9, 6.1)).toMatchObject({ beats: [6 - 5.9], tempoBpm: null, tempoCurve: [] })
  })
  it('ends where the piece does', () => {
    expect(sliceBeats(song, 8, 12)).toMatchObject({ durationSeconds: 2, beats: [0, 1], onsets: [9.97 - 8] })
    expect(sliceBeats(song, 11, 12)).toMatchObject({ durationSeconds: 0, beats: [] })
  })

  it(`shares everything out among stretches that follow one another (seed ${seed})`, () => {
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 })
    fc.assert(
      fc.property(anyBeats, cuts, (beats, shares) => {
        const bounds = [0, ...shares.toSorted((a, b) => a - b).map((share) => share * beats.durationSeconds)]
        const slices = bounds.map((from, i) => ({
          from,
          slice: sliceBeats(beats, from, bounds[i + 1] ?? beats.durationSeconds),
        }))
        const gathered = slices.flatMap(({ from, slice }) => slice.beats.map((time) => time + from))
        // Beats 60 ms apart may both lie before the start of one stretch of a few milliseconds, and join there.
        const apart = bounds.every((from, i) => i === 0 || from - (bounds[i - 1] as number) > 0.035)
        if (apart) expect(gathered).toHaveLength(beats.beats.length)
        if (apart)
          for (const [i, time] of gathered.entries()) expect(Math.abs(time - beats.beats[i]!)).toBeLessThan(0.036)
        for (const { slice } of slices) {
          expect(slice.beats.every((time) => time >= 0 && time <= slice.durationSeconds)).toBe(true)
          expect(slice.downbeats.every((time) => slice.beats.includes(time))).toBe(true)
          expect(slice.sections?.at(-1)?.endSeconds ?? slice.durationSeconds).toBeCloseTo(slice.durationSeconds, 9)
          expect(slice.tempoBpm === null).toBe(slice.beats.length < 2)
          const { onset, rate } = slice.envelopes
          expect(Math.abs(onset.length - slice.durationSeconds * rate)).toBeLessThanOrEqual(1.5)
        }
        expect(sliceBeats(beats, 0, beats.durationSeconds)).toMatchObject({
          beats: beats.beats,
          downbeats: beats.downbeats,
          sections: beats.sections,
        })
      }),
      { seed, numRuns: 300 },
    )
  })

  it(`leaves stretches alone in which no beat moved (seed ${seed})`, () => {
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 })
    const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    let changed = 0
    fc.assert(
      fc.property(
        anyBeats,
        cuts,
        share,
        fc.double({ min: -0.3, max: 0.3, noNaN: true }),
        (beats, shares, which, by) => {
          const at = beats.beats[Math.floor(which * beats.beats.length)]
          if (at === undefined) return
          const to = Math.min(beats.durationSeconds, Math.max(0, at + by))
          const before = applyBeatEdits(beats, [{ do: 'move', at, to: at }]).beats
          const after = applyBeatEdits(beats, [{ do: 'move', at, to }]).beats
          const bounds = [0, ...shares.toSorted((a, b) => a - b).map((cut) => cut * beats.durationSeconds)]
          const near = (time: number, from: number, end: number) => time > from - 0.2 && time < end + 0.2
          for (const [i, from] of bounds.entries()) {
            const end = bounds[i + 1] ?? beats.durationSeconds
            const [old, now] = [sliceBeats(before, from, end), sliceBeats(after, from, end)]
            if (near(at, from, end) || near(to, from, end)) changed++
            else expect(now).toEqual(old)
          }
        },
      ),
      { seed, numRuns: 300 },
    )
    expect(changed).toBeGreaterThan(100)
  })
})
