import type { Beats } from '../values.ts'
import { type CutPlace, opening } from './cut-place.ts'
import { timeBucket } from './shot-random.ts'
import { steadyPeriods } from './steady-times.ts'

/** Where beats lie further apart, onsets and bare moments are offered too. */
const QUIET_SECONDS = 2
const ONSET_STEP_SECONDS = 0.25
const BARE_STEP_SECONDS = 0.5

/** Onsets and bare moments where no beat is near. */
export function quietPlaces(beats: Beats, ticks: readonly CutPlace[]): CutPlace[] {
  const { durationSeconds, envelopes } = beats
  const periods = steadyPeriods(ticks.map(({ steadySeconds }) => steadySeconds))
  const edges = [0, ...ticks.map(({ steadySeconds }) => steadySeconds), durationSeconds]
  const onsets = soundOnsets(beats)
  const found: CutPlace[] = []
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i] as number, edges[i + 1] as number]
    const period = Math.min(periods[i - 1] ?? Number.POSITIVE_INFINITY, periods[i] ?? Number.POSITIVE_INFINITY)
    if (to - from < Math.max(QUIET_SECONDS, Number.isFinite(period) ? 2.5 * period : 0)) continue
    const place = (seconds: number, reason: 'onset' | 'length', strength: number): CutPlace => ({
      ...opening(),
      seconds,
      steadySeconds: seconds,
      reason,
      strength,
      key: `${reason}${timeBucket(seconds)}`,
    })
    for (const time of strongest(onsets, from + ONSET_STEP_SECONDS, to - ONSET_STEP_SECONDS, envelopes)) {
      found.push(place(time, 'onset', levelAt(envelopes, time)))
    }
    for (let k = Math.floor(from / BARE_STEP_SECONDS) + 1; k * BARE_STEP_SECONDS < to; k++) {
      found.push(place(k * BARE_STEP_SECONDS, 'length', 0))
    }
  }
  return found
}

/** What the analysis lists, or else the peaks of its onset envelope. */
function soundOnsets({ onsets, envelopes, durationSeconds }: Beats): number[] {
  if (onsets) return onsets.filter((time) => time > 0 && time < durationSeconds)
  const { rate, onset } = envelopes
  const found: number[] = []
  for (let i = 1; i + 1 < onset.length; i++) {
    const level = onset[i] as number
    if (level >= 0.3 && level > (onset[i - 1] as number) && level >= (onset[i + 1] as number)) found.push(i / rate)
  }
  return found.filter((time) => time > 0 && time < durationSeconds)
}

/** The strongest onset of every quarter of a second. */
function strongest(onsets: readonly number[], from: number, to: number, envelopes: Beats['envelopes']): number[] {
  const best = new Map<number, number>()
  for (const time of onsets) {
    if (time < from || time > to) continue
    const slot = Math.floor(time / ONSET_STEP_SECONDS)
    const other = best.get(slot)
    if (other === undefined || levelAt(envelopes, time) > levelAt(envelopes, other)) best.set(slot, time)
  }
  return [...best.values()]
}

/** The highest onset level within 30 ms: an onset's time is not known better than that. */
function levelAt({ rate, onset }: Beats['envelopes'], seconds: number): number {
  let level = 0
  for (let i = Math.round((seconds - 0.03) * rate); i <= Math.round((seconds + 0.03) * rate); i++) {
    level = Math.max(level, onset[i] ?? 0)
  }
  return Math.min(1, level)
}
