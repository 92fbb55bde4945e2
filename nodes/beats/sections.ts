import type { BeatSection, Beats } from '@beatloom/core'

/** A change is judged by this many bars on both sides, and no section is shorter. */
const REACH_BARS = 4
/** Without bars, stretches of this length stand in for them. */
const STAND_IN_SECONDS = 2
/** Envelopes run from 0 to 1; mean levels closer than this sound alike. Verse and chorus of the sample song: 0.2. */
const ALIKE = 0.12
/** Loudness is measured in stretches of a second for the piece's range. */
const LOUDNESS_STRETCH_SECONDS = 1
/** The loudness envelope spans 45 dB; a piece that moves less than 6 dB is not stretched to more. */
const LEAST_RANGE = 6 / 45

/**
 * The large parts of a piece, by how loud its bass, middle, treble and onsets are, bar by bar (or on an even grid,
 * without bars): enough to find one's way in a song, no analysis of its form. They cover the piece without gaps; one
 * that stays as it is, or is too short to tell, is a single part.
 */
export function pieceSections(beats: Omit<Beats, 'sections'>): BeatSection[] {
  const { envelopes, downbeats, durationSeconds } = beats
  const edges = barEdges(downbeats, durationSeconds)
  const bars = edges.slice(0, -1).map((from, bar) => levels(envelopes, from, edges[bar + 1] as number))
  const bounds = [0, ...changes(bars), bars.length]
  const energyOf = energyScale(envelopes)
  const known: number[][] = []
  return bounds.slice(0, -1).map((from, index) => {
    const to = bounds[index + 1] as number
    const sound = mean(bars.slice(from, to))
    let label = known.findIndex((other) => distance(other, sound) < ALIKE)
    if (label < 0) label = known.push(sound) - 1
    const [startSeconds, endSeconds] = [edges[from] as number, edges[to] as number]
    return { startSeconds, endSeconds, label: letters(label), energy: energyOf(startSeconds, endSeconds) }
  })
}

/** Mean loudness of a stretch, between the 5th and the 95th percentile of the piece's. */
function energyScale({ rate, loudness }: Beats['envelopes']): (from: number, to: number) => number {
  const stretch = Math.max(1, Math.round(rate * LOUDNESS_STRETCH_SECONDS))
  const stretches = Array.from({ length: Math.ceil(loudness.length / stretch) }, (_, i) =>
    average(loudness, i * stretch, (i + 1) * stretch),
  )
    .filter((value) => value > 0)
    .sort((a, b) => a - b)
  const at = (share: number) => stretches[Math.min(stretches.length - 1, Math.floor(share * stretches.length))] ?? 0
  const [quiet, loud] = [at(0.05), at(0.95)]
  const range = Math.max(LEAST_RANGE, loud - quiet)
  const low = (quiet + loud - range) / 2
  return (from, to) => {
    if (stretches.length === 0) return 0
    const value = average(loudness, Math.floor(from * rate), Math.ceil(to * rate))
    return Math.round(1000 * Math.min(1, Math.max(0, (value - low) / range))) / 1000
  }
}

/** A … Z, AA, AB …, as columns of a table are called. */
function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last
}

/** Downbeats, with what lies before the first and after the last; an even grid where there are too few. */
function barEdges(downbeats: readonly number[], durationSeconds: number): number[] {
  const inside = downbeats.filter((time) => time > 0.05 && time < durationSeconds - 0.05)
  if (inside.length >= 2 * REACH_BARS) return [0, ...inside, durationSeconds]
  const count = Math.max(1, Math.round(durationSeconds / STAND_IN_SECONDS))
  return [...Array.from({ length: count }, (_, bar) => (bar * durationSeconds) / count), durationSeconds]
}

function levels(envelopes: Beats['envelopes'], from: number, to: number): number[] {
  const { rate, bass, mid, high, loudness, onset } = envelopes
  const [first, last] = [Math.floor(from * rate), Math.max(Math.floor(from * rate) + 1, Math.floor(to * rate))]
  return [bass, mid, high, loudness, onset].map((values) => average(values, first, last))
}

/** Of the values there are from one index up to another. */
function average(values: Float32Array, from: number, to: number): number {
  const stretch = values.subarray(from, to)
  let sum = 0
  for (const value of stretch) sum += value
  return stretch.length === 0 ? 0 : sum / stretch.length
}

/** Bars at which the sound becomes another: the largest changes first, none within reach of another. */
function changes(bars: readonly number[][]): number[] {
  const novelty = bars.map((_, bar) => {
    if (bar < REACH_BARS || bar > bars.length - REACH_BARS) return 0
    return distance(mean(bars.slice(bar - REACH_BARS, bar)), mean(bars.slice(bar, bar + REACH_BARS)))
  })
  const strongest = novelty.map((value, bar) => ({ value, bar })).toSorted((a, b) => b.value - a.value)
  const cuts: number[] = []
  for (const { value, bar } of strongest) {
    if (value < ALIKE) break
    if (cuts.every((cut) => Math.abs(cut - bar) >= REACH_BARS)) cuts.push(bar)
  }
  return cuts.toSorted((a, b) => a - b)
}

const mean = (rows: readonly number[][]): number[] =>
  (rows[0] ?? []).map((_, column) => rows.reduce((sum, row) => sum + (row[column] as number), 0) / rows.length)

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, column) => value - (b[column] as number))) / Math.sqrt(a.length)
