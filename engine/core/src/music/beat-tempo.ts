import type { Beats } from '../values.ts'

export type TempoPoint = NonNullable<Beats['tempoCurve']>[number]

/** Beats on either side from which the tempo at one is read: less follows every wavering, more blurs a ritardando. */
const REACH_BEATS = 3
/** The curve is drawn through as few points as stay this near to it; 2 % is about what a listener notices. */
const TOLERANCE = Math.log(1.02)

/**
 * Beats per minute of most of the beats: a missed or doubled beat counts for nothing.
 * @param beats seconds, ascending.
 * @returns null with fewer than two beats.
 */
export function tempoOfBeats(beats: readonly number[]): number | null {
  const intervals = beats.slice(1).map((time, i) => time - (beats[i] as number))
  if (intervals.length === 0) return null
  const middle = median(intervals)
  const near = intervals.filter((interval) => Math.abs(interval / middle - 1) < 0.1)
  // The mean of an even number of unlike intervals may be near to none of them.
  return 60 / (near.length === 0 ? middle : near.reduce((sum, interval) => sum + interval, 0) / near.length)
}

/**
 * The tempo as it goes: points to be joined by straight lines, and level before the first and after the last. A steady
 * piece has one point, at its first beat. Gaps where beats are missing are counted as the beats they would hold.
 * @param beats seconds, ascending.
 */
export function tempoCurveOf(beats: readonly number[]): TempoPoint[] {
  const tempo = tempoOfBeats(beats)
  if (tempo === null) return []
  const counts = beatNumbers(beats)
  const local = beats.map((seconds, i) => ({ seconds, bpm: localTempo(beats, counts, i) }))
  const steady = local.every(({ bpm }) => Math.abs(Math.log(bpm / tempo)) <= TOLERANCE)
  if (steady) return [{ seconds: beats[0] as number, bpm: tempo }]
  return simplified(local)
}

/** The tempo of a curve at one moment; null where there is no beat. */
export function tempoAt(curve: readonly TempoPoint[], seconds: number): number | null {
  const next = curve.findIndex((point) => point.seconds > seconds)
  if (next <= 0) return curve.at(next)?.bpm ?? null
  const [a, b] = [curve[next - 1] as TempoPoint, curve[next] as TempoPoint]
  return a.bpm + ((b.bpm - a.bpm) * (seconds - a.seconds)) / (b.seconds - a.seconds)
}

/** Beats per bar of most bars; null with fewer than two bar lines. Both in seconds, `downbeats` among the `beats`. */
export function meterOfBeats(beats: readonly number[], downbeats: readonly number[]): number | null {
  const index = new Map(beats.map((time, i) => [time, i]))
  const counts = new Map<number, number>()
  for (let bar = 1; bar < downbeats.length; bar++) {
    const length = (index.get(downbeats[bar] as number) ?? 0) - (index.get(downbeats[bar - 1] as number) ?? 0)
    counts.set(length, (counts.get(length) ?? 0) + 1)
  }
  const most = [...counts].reduce<[number, number] | null>(
    (best, entry) => (best && best[1] >= entry[1] ? best : entry),
    null,
  )
  return most?.[0] ?? null
}

/** Each beat's number, counting those that seem to be missing. */
function beatNumbers(beats: readonly number[]): number[] {
  const intervals = beats.slice(1).map((time, i) => time - (beats[i] as number))
  let number = 0
  const numbers = intervals.map((interval, i) => {
    const usual = median(intervals.slice(Math.max(0, i - REACH_BEATS), i + REACH_BEATS + 1))
    number += Math.max(1, Math.round(interval / usual))
    return number
  })
  return [0, ...numbers]
}

/** The slope of a straight line through the beats around one: beats per minute. */
function localTempo(beats: readonly number[], numbers: readonly number[], at: number): number {
  const from = Math.max(0, at - REACH_BEATS)
  const to = Math.min(beats.length, at + REACH_BEATS + 1)
  const meanOf = (values: readonly number[]) =>
    values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from)
  const [meanTime, meanNumber] = [meanOf(beats), meanOf(numbers)]
  let together = 0
  let square = 0
  for (let i = from; i < to; i++) {
    together += ((numbers[i] as number) - meanNumber) * ((beats[i] as number) - meanTime)
    square += ((numbers[i] as number) - meanNumber) ** 2
  }
  return (60 * square) / together
}

/** Douglas & Peucker's line simplification, over the logarithm of the tempo. */
function simplified(points: readonly TempoPoint[]): TempoPoint[] {
  const kept = new Set([0, points.length - 1])
  const stretches: [number, number][] = [[0, points.length - 1]]
  for (let stretch = stretches.pop(); stretch; stretch = stretches.pop()) {
    const [from, to] = stretch
    const ends = [points[from] as TempoPoint, points[to] as TempoPoint]
    let [worst, far] = [TOLERANCE, -1]
    for (let i = from + 1; i < to; i++) {
      const { seconds, bpm } = points[i] as TempoPoint
      const off = Math.abs(Math.log(bpm / (tempoAt(ends, seconds) as number)))
      if (off > worst) [worst, far] = [off, i]
    }
    if (far < 0) continue
    kept.add(far)
    stretches.push([from, far], [far, to])
  }
  return points.filter((_, i) => kept.has(i))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
