import type { Beats, Display } from '@beatloom/core'

/** Enough for a waveform as wide as a screen. */
export const SHOWN_PEAKS = 1200

/** A waveform with its beats. `peaks`: 0 … 1, any number of them evenly over the sound. */
export function showBeats(beats: Beats, peaks: Float32Array): Display {
  const { durationSeconds, downbeats, tempoBpm, confidence, onsets, sections = [] } = beats
  return {
    kind: 'beats',
    durationSeconds,
    beats: beats.beats,
    downbeats,
    tempoBpm,
    confidence,
    peaks: shortenPeaks(peaks, SHOWN_PEAKS),
    ...(onsets && { onsets: onsets.map((seconds) => Math.round(seconds * 1000) / 1000) }),
    // A single part is the piece itself: nothing to find one's way by.
    sections:
      sections.length < 2
        ? []
        : sections.map(({ startSeconds, endSeconds, label }) => ({
            start: Math.round(startSeconds * 1000) / 1000,
            end: Math.round(endSeconds * 1000) / 1000,
            label,
          })),
  }
}

/** The largest value of each of at most `most` equal stretches, rounded to 1/1000. */
export function shortenPeaks(peaks: Float32Array, most: number): number[] {
  const count = Math.min(most, peaks.length)
  return Array.from({ length: count }, (_, i) => {
    const stretch = peaks.subarray(Math.floor((i * peaks.length) / count), Math.floor(((i + 1) * peaks.length) / count))
    let top = 0
    for (const peak of stretch) top = Math.max(top, peak)
    return Math.round(1000 * Math.min(1, top)) / 1000
  })
}
