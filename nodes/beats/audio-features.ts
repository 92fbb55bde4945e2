import type { Beats } from '@beatloom/core'

/** onset, bass, mid, high, sine and cosine of the beat phase, loudness. */
export const AUDIO_FEATURE_COUNT = 7
/** Rows per second. */
export const AUDIO_FEATURE_RATE = 30

/**
 * What the audio encoder reads, as models/README.md "Audio features" defines it. Row `r` stands for the time
 * `r / 30` s and the interval of 1/30 s around it: the onset is the maximum there, the levels are the mean.
 * Rows beyond the sound are zero.
 * @returns float32 `[rows, 7]`, row-major.
 */
export function audioFeatures(beats: Beats, rows: number): Float32Array {
  const out = new Float32Array(rows * AUDIO_FEATURE_COUNT)
  const { rate, onset, bass, mid, high, loudness } = beats.envelopes
  for (let row = 0; row < rows; row++) {
    const from = Math.max(0, Math.ceil(((row - 0.5) * rate) / AUDIO_FEATURE_RATE))
    const to = Math.min(onset.length, Math.max(from + 1, Math.ceil(((row + 0.5) * rate) / AUDIO_FEATURE_RATE)))
    if (from >= to) break
    const at = row * AUDIO_FEATURE_COUNT
    const phase = beatPhase(beats.beats, row / AUDIO_FEATURE_RATE)
    out[at] = most(onset, from, to)
    out[at + 1] = mean(bass, from, to)
    out[at + 2] = mean(mid, from, to)
    out[at + 3] = mean(high, from, to)
    out[at + 4] = phase === null ? 0 : Math.sin(2 * Math.PI * phase)
    out[at + 5] = phase === null ? 0 : Math.cos(2 * Math.PI * phase)
    out[at + 6] = mean(loudness, from, to)
  }
  return out
}

/**
 * Position between two marks (beats or downbeats): 0 on a mark, rising to 1 at the next. Before the first and after
 * the last mark it goes on for one interval at the pace found there.
 * @param marks seconds, ascending.
 * @returns 0 ≤ phase < 1, or null where there is no beat.
 */
export function beatPhase(marks: readonly number[], time: number): number | null {
  if (marks.length < 2) return null
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((marks[middle] as number) <= time) low = middle + 1
    else high = middle
  }
  // Now marks[low - 1] <= time < marks[low].
  const pair = Math.min(marks.length - 2, Math.max(0, low - 1))
  const start = marks[pair] as number
  const phase = (time - start) / ((marks[pair + 1] as number) - start)
  if (phase < -1 || phase >= 2) return null
  return phase - Math.floor(phase)
}

function most(values: Float32Array, from: number, to: number): number {
  let best = 0
  for (let t = from; t < to; t++) best = Math.max(best, values[t] as number)
  return best
}

function mean(values: Float32Array, from: number, to: number): number {
  let sum = 0
  for (let t = from; t < to; t++) sum += values[t] as number
  return sum / (to - from)
}
