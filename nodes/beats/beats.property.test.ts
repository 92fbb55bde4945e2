import fc from 'fast-check'
import { expect, it } from 'vitest'
import { analyseBeats } from './analyse-beats.ts'
import { AUDIO_FEATURE_COUNT, audioFeatures } from './audio-features.ts'
import { type Hit, inChunks, randomFrom, render, SAMPLE_RATE } from './synthetic-sounds.ts'

const seed = Number(process.env.BEATLOOM_SEED ?? Math.floor(Math.random() * 2 ** 31))

const hit = fc.record<Hit>({
  time: fc.double({ min: -0.1, max: 7, noNaN: true }),
  sound: fc.constantFrom('click', 'kick', 'snare', 'hat', 'pluck'),
  gain: fc.double({ min: 0, max: 4, noNaN: true }),
  hz: fc.double({ min: 30, max: 8000, noNaN: true }),
})

it(`finds ordered beats inside any sound, with levels from 0 to 1 (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(hit, { maxLength: 30 }),
      fc.double({ min: 0.01, max: 6, noNaN: true }),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      fc.integer({ min: 0, max: 1000 }),
      async (hits, seconds, startShare, noiseSeed) => {
        const random = randomFrom(noiseSeed)
        const samples = render(hits, seconds).map((sample) => sample + 0.001 * (noiseSeed % 3) * (2 * random() - 1))
        const startSeconds = startShare * seconds
        const { beats, peaks } = await analyseBeats(inChunks(samples, 5000), {
          sampleRate: SAMPLE_RATE,
          startSeconds,
          durationSeconds: seconds - startSeconds,
          signal: new AbortController().signal,
        })
        for (const [i, time] of beats.beats.entries()) {
          expect(time).toBeGreaterThanOrEqual(0)
          expect(time).toBeLessThanOrEqual(beats.durationSeconds)
          if (i > 0) expect(time).toBeGreaterThan(beats.beats[i - 1] as number)
        }
        for (const time of beats.downbeats) expect(beats.beats).toContain(time)
        const { onsets = [], sections = [], tempoCurve = [] } = beats
        expect(
          onsets.every((time, i) => time >= 0 && time <= beats.durationSeconds && time > (onsets[i - 1] ?? -1)),
        ).toBe(true)
        expect(sections.map(({ startSeconds }) => startSeconds)).toEqual([
          0,
          ...sections.slice(0, -1).map(({ endSeconds }) => endSeconds),
        ])
        expect(sections.at(-1)?.endSeconds).toBe(beats.durationSeconds)
        expect(sections.every(({ energy }) => energy >= 0 && energy <= 1)).toBe(true)
        expect(tempoCurve.length > 0).toBe(beats.beats.length > 1)
        expect(beats.tempoCandidates).toHaveLength(beats.tempoBpm === null ? 0 : 3)
        expect(beats.confidence).toBeGreaterThanOrEqual(0)
        expect(beats.confidence).toBeLessThanOrEqual(1)
        const { rate, ...levels } = beats.envelopes
        expect(rate).toBe(100)
        const unit = (value: number) => value >= 0 && value <= 1
        for (const values of Object.values(levels)) expect(values.every(unit)).toBe(true)
        expect(peaks.every((peak) => Number.isFinite(peak))).toBe(true)
        const rows = Math.ceil(beats.durationSeconds * 30)
        const features = audioFeatures(beats, rows)
        expect(features).toHaveLength(rows * AUDIO_FEATURE_COUNT)
        expect(features.every((value) => value >= -1 && value <= 1)).toBe(true)
      },
    ),
    { seed, numRuns: 25 },
  )
})
