import type { BeatSection, Beats } from '../values.ts'
import { meterOfBeats, tempoCurveOf, tempoOfBeats } from './beat-tempo.ts'

/**
 * A cut is put on a whole frame, so the beat that asks for it may lie half a frame before: 31 ms at 16 frames a second.
 * Such a beat is the first of what comes after the cut.
 */
const EDGE_SECONDS = 0.035

/**
 * The analysis of a stretch of the sound, times from the start of the stretch. Stretches that follow one another share
 * the beats and onsets out among them, none twice: one up to 35 ms before a stretch is at its very start. Tempo and
 * meter are those of the stretch's own beats and bars: a beat moved elsewhere leaves them as they are, and what was made
 * of them too. A stretch with fewer than two bar lines has no meter.
 * @param fromSeconds 0 ≤ from < to; `toSeconds` beyond the end counts as the end.
 */
export function sliceBeats(beats: Beats, fromSeconds: number, toSeconds: number): Beats {
  const to = Math.min(toSeconds, beats.durationSeconds)
  const from = Math.min(Math.max(0, fromSeconds), to)
  const durationSeconds = to - from
  const within = (times: readonly number[]): number[] => timesWithin(times, from, to, beats.durationSeconds)
  const own = within(beats.beats)
  const isOwn = new Set(own)
  const downbeats = within(beats.downbeats).filter((time) => isOwn.has(time))
  return {
    ...beats,
    durationSeconds,
    beats: own,
    downbeats,
    tempoBpm: tempoOfBeats(own),
    meter: meterOfBeats(own, downbeats),
    // How else the beat may be counted is a question to the whole piece.
    tempoCandidates: [],
    ...(beats.tempoCurve && { tempoCurve: tempoCurveOf(own) }),
    ...(beats.sections && { sections: slicedSections(beats.sections, from, to) }),
    ...(beats.onsets && { onsets: within(beats.onsets) }),
    envelopes: slicedEnvelopes(beats.envelopes, from, durationSeconds),
  }
}

/**
 * Those of some times of the whole sound that a stretch gets, from its start: see `sliceBeats`.
 * @param from 0 ≤ from ≤ to ≤ `wholeSeconds`, seconds; `wholeSeconds` is the length of the sound.
 */
export function timesWithin(times: readonly number[], from: number, to: number, wholeSeconds: number): number[] {
  const first = from === 0 ? Number.NEGATIVE_INFINITY : from - EDGE_SECONDS
  const end = to === wholeSeconds ? Number.POSITIVE_INFINITY : to - EDGE_SECONDS
  return times
    .filter((time) => time >= first && time < end)
    .map((time) => Math.min(to - from, Math.max(0, time - from)))
    .filter((time, i, all) => i === 0 || time > (all[i - 1] as number))
}

function slicedSections(sections: readonly BeatSection[], from: number, to: number): BeatSection[] {
  return sections
    .filter(({ startSeconds, endSeconds }) => endSeconds > from && startSeconds < to)
    .map((section) => ({
      ...section,
      startSeconds: Math.max(section.startSeconds, from) - from,
      endSeconds: Math.min(section.endSeconds, to) - from,
    }))
}

function slicedEnvelopes(
  { rate, ...bands }: Beats['envelopes'],
  from: number,
  durationSeconds: number,
): Beats['envelopes'] {
  const start = Math.round(from * rate)
  // A hair less, for the rounding of seconds.
  const end = start + Math.ceil(durationSeconds * rate - 1e-6)
  const { onset, bass, mid, high, loudness } = bands
  return {
    rate,
    onset: onset.slice(start, end),
    bass: bass.slice(start, end),
    mid: mid.slice(start, end),
    high: high.slice(start, end),
    loudness: loudness.slice(start, end),
  }
}
