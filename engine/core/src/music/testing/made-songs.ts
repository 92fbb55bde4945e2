import type { BeatSection, Beats } from '../../values.ts'

export interface SongShape {
  bpm: number
  meter?: number
  /** Bars of each section. */
  bars: number[]
  /** Labels and loudness of the sections, going round. */
  labels?: string[]
  energies?: number[]
  /** Before the first downbeat. */
  leadSeconds?: number
  /** Beats are at most this much early or late. */
  jitterSeconds?: number
  seed?: number
}

/** An analysis of a song that never was, exact but for its jitter. */
export function madeSong(shape: SongShape): Beats {
  const { bpm, meter = 4, bars, labels = ['A', 'B', 'C', 'B'], energies = [0.2, 0.5, 0.9, 0.5] } = shape
  const { leadSeconds = 0.3, jitterSeconds = 0, seed = 1 } = shape
  const random = randomFrom(seed)
  const period = 60 / bpm
  const barCount = bars.reduce((sum, count) => sum + count, 0)
  const beats = Array.from({ length: barCount * meter }, (_, i) =>
    Math.max(0, leadSeconds + i * period + jitterSeconds * (2 * random() - 1)),
  )
  const durationSeconds = leadSeconds + barCount * meter * period
  let bar = 0
  const sections = bars.map((count, i): BeatSection => {
    const startSeconds = i === 0 ? 0 : leadSeconds + bar * meter * period
    bar += count
    const endSeconds = leadSeconds + bar * meter * period
    return {
      startSeconds,
      endSeconds,
      label: labels[i % labels.length] ?? 'A',
      energy: energies[i % energies.length] ?? 0,
    }
  })
  return {
    durationSeconds,
    beats,
    downbeats: beats.filter((_, i) => i % meter === 0),
    tempoBpm: bpm,
    meter,
    confidence: 1,
    tempoCandidates: [],
    sections,
    envelopes: levels(durationSeconds, (time) => sections.find((one) => time < one.endSeconds)?.energy ?? 0),
  }
}

/** Music without any beat: what is given, loud all through. */
export const beatless = (durationSeconds: number, onsets?: number[], level = 0.5): Beats => ({
  durationSeconds,
  beats: [],
  downbeats: [],
  tempoBpm: null,
  meter: null,
  confidence: 0,
  tempoCandidates: [],
  ...(onsets ? { onsets } : {}),
  envelopes: levels(durationSeconds, () => level),
})

export function levels(durationSeconds: number, at: (seconds: number) => number): Beats['envelopes'] {
  const rate = 100
  const values = Float32Array.from({ length: Math.max(1, Math.round(durationSeconds * rate)) }, (_, i) => at(i / rate))
  const still = new Float32Array(values.length)
  return { rate, onset: still, bass: values, mid: values, high: values, loudness: values }
}

/** Lehmer's generator with Park and Miller's constants: 0 … below 1. */
export function randomFrom(seed: number): () => number {
  let state = (Math.abs(seed) % 2147483646) + 1
  return () => {
    state = (state * 16807) % 2147483647
    return state / 2147483647
  }
}
