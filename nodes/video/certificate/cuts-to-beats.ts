import type { SyncCertificate } from '@beatloom/core'
import { ascending, medianInterval, quantile } from './statistics.ts'

export type CutsToBeats = NonNullable<SyncCertificate['cutsToBeats']>

/** Why cuts and beats cannot be compared. */
export type NoComparison = 'no_cuts' | 'no_beat' | 'few_cuts' | 'cuts_not_on_beats' | 'off_beats'

/** Fewer cuts lie alike by chance too often: five agree in one case of 150 (Rayleigh test, exp(−5)). */
const LEAST_CUTS = 5
/** Mean resultant length of the cuts' phases from which they count as following the beat. Cuts at random: 1/√n. */
const LEAST_AGREEMENT = 0.7
/** exp(−4.6) = 1 %. */
const LEAST_SIGNIFICANCE = 4.6
/** Share of a beat next to half a beat, where a shift and beats taken between the true ones look alike. */
const NEAR_HALF = 0.1

/**
 * How far cuts lie from the beats around them. The clock of beats has no numbers, so a shift is known up to whole
 * beats: what comes out lies within half a beat.
 * @param cuts seconds, ascending; only those that are meant to fall on beats.
 * @param beats seconds on the same clock, ascending.
 */
export function cutsToBeats(cuts: readonly number[], beats: readonly number[]): CutsToBeats | NoComparison {
  if (beats.length < 2) return 'no_beat'
  if (cuts.length === 0) return 'no_cuts'
  const placed = cuts.flatMap((cut) => placeOf(cut, beats) ?? [])
  if (placed.length < LEAST_CUTS) return 'few_cuts'
  const whole = alignment(placed, 1)
  // Half a beat is where a person's off-beat cuts go, and where an analysis that took the off-beats puts all of them.
  if (follows(whole)) return Math.abs(whole.centre) > 0.5 - NEAR_HALF ? 'off_beats' : errorsAround(whole, placed, 1)
  const half = alignment(placed, 2)
  return follows(half) ? errorsAround(half, placed, 2) : 'cuts_not_on_beats'
}

/** Where a cut lies between two beats. */
interface Place {
  /** 0 … 1 from one beat to the next. */
  phase: number
  /** Length of that beat, seconds. */
  period: number
}

/** Half a beat before the first and after the last still belongs to them. */
function placeOf(cut: number, beats: readonly number[]): Place | null {
  const after = beats.findIndex((beat) => beat > cut)
  const at = after < 0 ? beats.length - 2 : Math.max(0, after - 1)
  const period = (beats[at + 1] as number) - (beats[at] as number)
  const phase = (cut - (beats[at] as number)) / period
  return phase < -0.5 || phase > 1.5 ? null : { phase, period }
}

interface Alignment {
  count: number
  /** Mean resultant length of the phases, 0 … 1. */
  agreement: number
  /** Their circular mean, −0.5 … 0.5 of a step of the grid. */
  centre: number
}

/** @param steps of the grid in one beat. */
function alignment(places: readonly Place[], steps: number): Alignment {
  let x = 0
  let y = 0
  for (const { phase } of places) {
    x += Math.cos(2 * Math.PI * steps * phase)
    y += Math.sin(2 * Math.PI * steps * phase)
  }
  const count = places.length
  return { count, agreement: Math.hypot(x, y) / count, centre: Math.atan2(y, x) / (2 * Math.PI) }
}

function follows({ count, agreement }: Alignment): boolean {
  return agreement >= LEAST_AGREEMENT && count * agreement ** 2 >= LEAST_SIGNIFICANCE
}

/** Errors are unrolled around their circular mean, so that a shift of nearly half a beat does not fall apart in two. */
function errorsAround({ count, agreement, centre }: Alignment, places: readonly Place[], steps: number): CutsToBeats {
  const errors = places.map(({ phase, period }) => {
    const off = steps * phase - centre
    return 1e3 * (off - Math.round(off) + centre) * (period / steps)
  })
  const signed = ascending(errors)
  const magnitudes = ascending(errors.map(Math.abs))
  const [lowMs, highMs] = medianInterval(signed)
  return {
    count,
    grid: steps === 1 ? 'beats' : 'half-beats',
    shiftMs: quantile(signed, 0.5),
    lowMs,
    highMs,
    medianMs: quantile(magnitudes, 0.5),
    p95Ms: quantile(magnitudes, 0.95),
    maxMs: magnitudes.at(-1) as number,
    agreement,
  }
}
