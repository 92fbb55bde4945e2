import type { Beats } from '@beatloom/core'

export interface Section {
  /** Seconds. */
  start: number
  end: number
  /** `A`, `B` …: stretches that sound alike have the same letter. */
  label: string
}

/** A change is judged by this many bars on both sides, and no section is shorter. */
const REACH_BARS = 4
/** Without bars, stretches of this length stand in for them. */
const STAND_IN_SECONDS = 2
/** Envelopes run from 0 to 1; mean levels closer than this sound alike. Verse and chorus of the sample song: 0.2. */
const ALIKE = 0.12
const MOST_LABELS = 26

/**
 * The large parts of a piece, by how loud its bass, middle, treble and onsets are, bar by bar: enough to find one's
 * way in a song, no analysis of its form. Empty where nothing changes.
 */
export function findSections({ envelopes, downbeats, durationSeconds }: Beats): Section[] {
  const edges = barEdges(downbeats, durationSeconds)
  const bars = edges.slice(0, -1).map((from, bar) => levels(envelopes, from, edges[bar + 1] as number))
  const cuts = changes(bars)
  if (cuts.length === 0) return []
  const bounds = [0, ...cuts, bars.length]
  const known: number[][] = []
  return bounds.slice(0, -1).flatMap((from, index) => {
    const to = bounds[index + 1] as number
    const sound = mean(bars.slice(from, to))
    let label = known.findIndex((other) => distance(other, sound) < ALIKE)
    if (label < 0) label = known.push(sound) - 1
    return label < MOST_LABELS
      ? [{ start: rounded(edges[from]), end: rounded(edges[to]), label: String.fromCharCode(65 + label) }]
      : []
  })
}

/** Downbeats, with what lies before the first and after the last; an even grid where there are too few. */
function barEdges(downbeats: readonly number[], durationSeconds: number): number[] {
  const inside = downbeats.filter((time) => time > 0.05 && time < durationSeconds - 0.05)
  if (inside.length >= 2 * REACH_BARS) return [0, ...inside, durationSeconds]
  const count = Math.max(1, Math.round(durationSeconds / STAND_IN_SECONDS))
  return Array.from({ length: count + 1 }, (_, bar) => (bar * durationSeconds) / count)
}

function levels(envelopes: Beats['envelopes'], from: number, to: number): number[] {
  const { rate, bass, mid, high, loudness, onset } = envelopes
  const [first, last] = [Math.floor(from * rate), Math.max(Math.floor(from * rate) + 1, Math.floor(to * rate))]
  return [bass, mid, high, loudness, onset].map((values) => {
    let sum = 0
    for (let t = first; t < last; t++) sum += values[t] ?? 0
    return sum / (last - first)
  })
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

const rounded = (seconds: number | undefined): number => Math.round((seconds ?? 0) * 1000) / 1000
