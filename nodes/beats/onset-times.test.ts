import type { Beats } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { analyseBeats } from './analyse-beats.ts'
import type { Attacks } from './attacks.ts'
import { onsetTime } from './onset-times.ts'
import { drumLoop, type Hit, inChunks, randomFrom, render, SAMPLE_RATE, steadyBeats } from './synthetic-sounds.ts'

async function analyse(samples: Float32Array): Promise<Beats> {
  const { signal } = new AbortController()
  const durationSeconds = samples.length / SAMPLE_RATE
  return (await analyseBeats(inChunks(samples), { sampleRate: SAMPLE_RATE, durationSeconds, signal })).beats
}

/** From each time to the nearest of those found, milliseconds. */
const errorsMs = (times: readonly number[], found: readonly number[]): number[] =>
  times.map((time) => 1000 * Math.min(...found.map((each) => Math.abs(each - time))))

describe('times of real sound', () => {
  const sounds: Hit['sound'][] = ['click', 'kick', 'snare', 'hat', 'pluck']
  it.each(sounds)('onsets: every %s within 0.7 ms of its beginning', async (sound) => {
    const seed = Math.floor(Math.random() * 1e6)
    const random = randomFrom(seed)
    const times = Array.from({ length: 20 }, (_, i) => 0.2 + 0.7 * i + 0.2 * random())
    const hits = render(
      times.map((time) => ({ time, sound })),
      15,
    )
    const { onsets = [] } = await analyse(hits.map((sample) => sample + 1e-4 * (2 * random() - 1)))
    expect(Math.max(...errorsMs(times, onsets)), `seed ${seed}`).toBeLessThan(0.7)
  })

  it.each([70, 96, 128.5, 174])('beats: every click at %d BPM within 0.3 ms', async (bpm) => {
    const times = steadyBeats(bpm, 12, 0.37)
    const { beats } = await analyse(
      render(
        times.map((time) => ({ time, sound: 'click' })),
        12,
      ),
    )
    expect(beats).toHaveLength(times.length)
    expect(Math.max(...errorsMs(times, beats))).toBeLessThan(0.3)
  })

  it('beats: drums, bass and chords together within 0.3 ms', async () => {
    const times = steadyBeats(117, 15, 0.23)
    const { beats } = await analyse(drumLoop(times, 4, 15))
    expect(Math.max(...errorsMs(times, beats))).toBeLessThan(0.3)
  })
})

describe('onsetTime', () => {
  /** The top is frame 3; the parabola through 2, 6 and 4 is highest a sixth of a frame later. */
  const strength = Float32Array.of(0, 0, 2, 6, 4, 0)
  const soft = 0.03 + 0.01 / 6 + 0.004
  const timeWith = (attacks: Partial<Record<number, [offset: number, rise: number]>>): number => {
    const column = (index: 0 | 1) => Float32Array.from(strength, (_, t) => attacks[t]?.[index] ?? 0)
    const both: Attacks = { offsets: column(0), rises: column(1) }
    return onsetTime(3, { strength, activation: strength, attacks: both }, 100)
  }

  it('is the top of the curve less its usual lag where nothing begins sharply', () => {
    expect(timeWith({})).toBeCloseTo(soft, 7)
    expect(timeWith({ 3: [0.002, 8] })).toBeCloseTo(soft, 7)
  })

  it('is the sharpest beginning near that', () => {
    expect(timeWith({ 2: [0.005, 12], 3: [0.0012, 30], 4: [0, 20] })).toBeCloseTo(0.0312, 7)
  })

  it('is none further off than 16 ms before or 8 ms after', () => {
    expect(timeWith({ 1: [0.0095, 40], 4: [0.004, 40] })).toBeCloseTo(soft, 7)
    expect(timeWith({ 2: [0, 20] })).toBeCloseTo(0.02, 7)
    expect(timeWith({ 4: [0.003, 20] })).toBeCloseTo(0.043, 7)
  })
})
