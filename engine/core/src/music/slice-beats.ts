import type { BeatSection, Beats } from '../values.ts'
import { tempoAt, tempoOfBeats } from './beat-tempo.ts'

/**
 * A cut is put on a whole frame, so the beat that asks for it may lie half a frame before: 31 ms at 16 frames a second.
 * Such a beat is the first of what comes after the cut.
 */
const EDGE_SECONDS = 0.035
/** Fewer beats say less about a stretch's tempo than the piece around it does. */
const LEAST_BEATS = 4

/**
 * The analysis of a stretch of the sound, times from the start of the stretch. Stretches that follow one another share
 * the beats and onsets out among them, none twice: one up to 35 ms before a stretch is at its very start.
 * @param fromSeconds 0 ≤ from < to; `toSeconds` beyond the end counts as the end.
 */
export function sliceBeats(beats: Beats, fromSeconds: number, toSeconds: number): Beats {
  const to = Math.min(toSeconds, beats.durationSeconds)
  const from = Math.min(Math.max(0, fromSeconds), to)
  const durationSeconds = to - from
  const first = from === 0 ? Number.NEGATIVE_INFINITY : from - EDGE_SECONDS
  const end = to === beats.durationSeconds ? Number.POSITIVE_INFINITY : to - EDGE_SECONDS
  const within = (times: readonly number[]): number[] =>
    times
      .filter((time) => time >= first && time < end)
      .map((time) => Math.min(durationSeconds, Math.max(0, time - from)))
      .filter((time, i, all) => i === 0 || time > (all[i - 1] as number))
  const own = within(beats.beats)
  const isOwn = new Set(own)
  return {
    ...beats,
    durationSeconds,
    beats: own,
    downbeats: within(beats.downbeats).filter((time) => isOwn.has(time)),
    tempoBpm: tempoWithin(beats, own, from, to),
    ...(beats.tempoCurve && { tempoCurve: slicedCurve(beats.tempoCurve, from, to) }),
    ...(beats.sections && { sections: slicedSections(beats.sections, from, to) }),
    ...(beats.onsets && { onsets: within(beats.onsets) }),
    envelopes: slicedEnvelopes(beats.envelopes, from, durationSeconds),
  }
}

function tempoWithin({ tempoBpm, tempoCurve }: Beats, own: readonly number[], from: number, to: number): number | null {
  if (tempoBpm === null) return null
  if (own.length >= LEAST_BEATS) return tempoOfBeats(own)
  return tempoAt(tempoCurve ?? [], (from + to) / 2) ?? tempoBpm
}

function slicedCurve(curve: NonNullable<Beats['tempoCurve']>, from: number, to: number) {
  const start = tempoAt(curve, from)
  if (start === null) return []
  const end = tempoAt(curve, to) as number
  const inside = curve.filter(({ seconds }) => seconds > from && seconds < to)
  const points = [{ seconds: from, bpm: start }, ...inside, { seconds: to, bpm: end }]
  // Points on a level stretch say nothing.
  const kept = points.filter(
    ({ bpm }, i) => i === 0 || bpm !== points[i - 1]?.bpm || bpm !== (points[i + 1]?.bpm ?? bpm),
  )
  return kept.map(({ seconds, bpm }) => ({ seconds: seconds - from, bpm }))
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
