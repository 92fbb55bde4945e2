import type { PlannedCuts, SyncCertificate } from '@beatloom/core'
import { ascending, quantile } from './statistics.ts'

type Cut = SyncCertificate['cuts'][number]
type CutsToPlan = NonNullable<SyncCertificate['cutsToPlan']>

/** A planned cut is looked for this far around its place, and never beyond the middle to its neighbour. */
const REACH_SECONDS = 0.25

export interface MatchedCut {
  planned: PlannedCuts['cuts'][number]
  found: Cut
}

/** Gives every planned cut the nearest of those found around it; none goes to two, for no reach passes the middle. */
export function matchCuts(plan: PlannedCuts, found: readonly Cut[]): MatchedCut[] {
  const cuts = [...plan.cuts].sort((a, b) => a.frame - b.frame)
  return cuts.flatMap((planned, i) => {
    const gap = Math.min(
      planned.frame - (cuts[i - 1]?.frame ?? Number.NEGATIVE_INFINITY),
      (cuts[i + 1]?.frame ?? Number.POSITIVE_INFINITY) - planned.frame,
    )
    const reach = Math.min(REACH_SECONDS * plan.frameRate, gap / 2)
    const near = found
      .filter((cut) => Math.abs(cut.frame - planned.frame) < Math.max(1, reach))
      .toSorted((a, b) => Math.abs(a.frame - planned.frame) - Math.abs(b.frame - planned.frame))[0]
    return near ? [{ planned, found: near }] : []
  })
}

/**
 * @param offsetMs how much later the sound is heard than in the song, where that was measured; marks move with it.
 */
export function cutsToPlan(
  plan: PlannedCuts,
  matched: readonly MatchedCut[],
  found: readonly Cut[],
  offsetMs: number,
): CutsToPlan {
  const seen = new Set(matched.map(({ planned }) => planned))
  const frames = ascending(matched.map((one) => Math.abs(one.found.frame - one.planned.frame)))
  const marks = matched.flatMap(({ planned, found: { seconds } }) =>
    planned.markSeconds === null ? [] : [1e3 * (seconds - planned.markSeconds) - offsetMs],
  )
  return {
    found: matched.length,
    missed: plan.cuts.filter((cut) => !seen.has(cut)).map((cut) => cut.frame),
    unplanned: found.length - new Set(matched.map((one) => one.found)).size,
    medianFrames: frames.length === 0 ? 0 : quantile(frames, 0.5),
    maxFrames: frames.at(-1) ?? 0,
    markShiftMs: marks.length === 0 ? null : quantile(ascending(marks), 0.5),
    markP95Ms: marks.length === 0 ? null : quantile(ascending(marks.map(Math.abs)), 0.95),
  }
}

/** Reasons for which a cut is meant to fall on a beat. */
const ON_A_BEAT = new Set(['beat', 'downbeat', 'section'])

/** The cuts that a plan puts on beats, as found; without a plan all of them. */
export function cutsMeantForBeats(matched: readonly MatchedCut[] | null, found: readonly Cut[]): number[] {
  const meant = matched ? matched.filter(({ planned }) => ON_A_BEAT.has(planned.reason)).map((one) => one.found) : found
  return [...new Set(meant)].map((cut) => cut.seconds).sort((a, b) => a - b)
}
