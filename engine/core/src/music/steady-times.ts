/** Ticks on each side that a tick is judged by. */
const REACH = 8
/** An interval this much longer than its neighbours is a gap: nothing follows from one side of it for the other. */
const GAP = 1.7

/**
 * Where ticks would lie if each had the place that its neighbours give it: the median of what they expect. One tick
 * that is moved changes next to nothing of it, so plans made by these times keep their other cuts; a tempo that goes
 * up or down is followed.
 * @param ticks seconds, ascending.
 */
export function steadyTimes(ticks: readonly number[]): number[] {
  return ticks.map((tick, i) => {
    const [from, to] = around(ticks, i)
    if (to - from < 2) return tick
    const period = median(intervals(ticks, from, to))
    const expected: number[] = []
    for (let k = from; k <= to; k++) expected.push((ticks[k] as number) + (i - k) * period)
    return median(expected)
  })
}

/** Length of the usual step at each tick, seconds; of a single tick it is Infinity. */
export function steadyPeriods(ticks: readonly number[]): number[] {
  return ticks.map((_, i) => {
    const [from, to] = around(ticks, i)
    return to > from ? median(intervals(ticks, from, to)) : Number.POSITIVE_INFINITY
  })
}

/** The median step of all; 0 where there are none. */
export const usualInterval = (ticks: readonly number[]): number =>
  ticks.length < 2 ? 0 : median(intervals(ticks, 0, ticks.length - 1))

/** The first and last tick within reach with no gap between. */
function around(ticks: readonly number[], i: number): [from: number, to: number] {
  const first = Math.max(0, i - REACH)
  const last = Math.min(ticks.length - 1, i + REACH)
  if (last === first) return [i, i]
  const longest = GAP * median(intervals(ticks, first, last))
  let from = i
  while (from > first && (ticks[from] as number) - (ticks[from - 1] as number) <= longest) from--
  let to = i
  while (to < last && (ticks[to + 1] as number) - (ticks[to] as number) <= longest) to++
  return [from, to]
}

function intervals(ticks: readonly number[], from: number, to: number): number[] {
  const found: number[] = []
  for (let k = from; k < to; k++) found.push((ticks[k + 1] as number) - (ticks[k] as number))
  return found
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
