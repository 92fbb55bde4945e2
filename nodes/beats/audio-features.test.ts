import type { Beats } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { analyseBeats } from './analyse-beats.ts'
import { audioFeatures, beatPhase } from './audio-features.ts'
import { drumLoop, inChunks, SAMPLE_RATE, steadyBeats } from './synthetic-sounds.ts'

function music(beats: number[], onsetAt: number[]): Beats {
  const level = (value: number) => new Float32Array(400).fill(value)
  const onset = level(0)
  for (const frame of onsetAt) onset[frame] = 0.9
  return {
    durationSeconds: 4,
    beats,
    downbeats: [],
    tempoBpm: 120,
    meter: 4,
    confidence: 1,
    tempoCandidates: [],
    envelopes: { rate: 100, onset, bass: level(0.1), mid: level(0.2), high: level(0.3), loudness: level(0.4) },
  }
}

const column = (features: Float32Array, index: number) => [...features].filter((_, i) => i % 7 === index)

describe('audioFeatures', () => {
  it('has seven columns in the order of the contract', () => {
    const [onset, bass, mid, high, sine, cosine, loudness] = audioFeatures(music([0, 1, 2, 3], [0]), 120)
    expect(onset).toBeCloseTo(0.9, 5)
    expect([bass, mid, high, loudness].map((value) => Math.round((value as number) * 10))).toEqual([1, 2, 3, 4])
    expect(sine).toBeCloseTo(0, 6)
    expect(cosine).toBeCloseTo(1, 6)
  })

  it('puts each onset into the nearest row, once, however short it is', () => {
    // 10 ms frames 100, 135 and 211 are nearest to rows 30, 40.5 (up) and 63.3 of 33 ms.
    const onsets = column(audioFeatures(music([], [100, 134, 211]), 120), 0)
    expect(onsets.flatMap((value, row) => (value > 0 ? [row] : []))).toEqual([30, 40, 63])
  })

  it('turns the beat phase once per beat', () => {
    const features = audioFeatures(music([0.5, 1.5, 2.5], []), 120)
    const [sine, cosine] = [column(features, 4), column(features, 5)]
    expect([sine[15], cosine[15]].map((value) => Math.round((value as number) * 100))).toEqual([0, 100])
    // A quarter of a beat later, at 0.75 s between rows 22 and 23.
    expect(sine[22]).toBeGreaterThan(0.99)
    expect(cosine[30]).toBeCloseTo(-1, 5)
  })

  it('has no phase where there is no beat, and zeros beyond the sound', () => {
    const features = audioFeatures(music([], []), 150)
    expect(column(features, 4).every((value) => value === 0)).toBe(true)
    expect(column(features, 5).every((value) => value === 0)).toBe(true)
    expect([...features.slice(121 * 7)].every((value) => value === 0)).toBe(true)
  })

  it('raises bass and onset on the kicks of real sound', async () => {
    const kicks = steadyBeats(120, 6, 0.1)
    const samples = drumLoop(kicks, 4, 6)
    const options = { sampleRate: SAMPLE_RATE, durationSeconds: 6, signal: new AbortController().signal }
    const { beats } = await analyseBeats(inChunks(samples), options)
    const features = audioFeatures(beats, 180)
    const [onset, bass, loudness] = [column(features, 0), column(features, 1), column(features, 6)]
    const rowOf = (time: number) => Math.round(time * 30)
    const on = everyFourth(kicks)
      .slice(1, -1)
      .map((time) => rowOf(time))
    for (const row of on) {
      expect(Math.max(...onset.slice(row - 1, row + 2))).toBeGreaterThan(0.6)
      expect(Math.max(...bass.slice(row, row + 4))).toBeGreaterThan(0.7)
      expect(Math.max(...bass.slice(row, row + 4))).toBeGreaterThan((bass[row - 3] as number) + 0.2)
    }
    expect(Math.max(...loudness)).toBeGreaterThan(0.7)
  })
})

const everyFourth = (times: number[]) => times.filter((_, i) => i % 4 === 0)

describe('beatPhase', () => {
  it('goes on for one beat before the first and after the last', () => {
    const beats = [1, 1.5, 2.5]
    const at = (time: number) => beatPhase(beats, time)
    expect([0.49, 0.5, 0.75, 1, 1.25, 2, 2.5, 3].map(at)).toEqual([null, 0, 0.5, 0, 0.5, 0.5, 0, 0.5])
    expect(at(3.5)).toBeNull()
  })

  it('is nowhere with fewer than two beats', () => {
    expect(beatPhase([1], 1)).toBeNull()
  })
})
