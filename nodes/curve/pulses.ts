/** No more than three large flashes in a second: WCAG 2.3.1. */
const MOST_FLASHES_PER_SECOND = 3

/**
 * One at each mark, falling off exponentially until the next.
 * @param marks seconds, ascending.
 * @param decaySeconds time to fall to 37 %.
 * @returns `length` values at `rate` per second, the first at time 0.
 */
export function pulseCurve(marks: readonly number[], rate: number, length: number, decaySeconds: number): Float32Array {
  const values = new Float32Array(length)
  let next = 0
  for (let t = 0; t < length; t++) {
    // A mark between two values belongs to the later one, or its first 10 ms would show nothing.
    while (next < marks.length && (marks[next] as number) <= t / rate) next++
    const since = t / rate - (marks[next - 1] ?? Number.NEGATIVE_INFINITY)
    values[t] = Math.exp(-since / decaySeconds)
  }
  return values
}

/** Each peak held and let go exponentially, so that a spike of 10 ms can be seen. */
export function holdPeaks(values: Float32Array, rate: number, decaySeconds: number): Float32Array {
  const keep = Math.exp(-1 / (rate * decaySeconds))
  let level = 0
  return values.map((value) => {
    level = Math.max(value, level * keep)
    return level
  })
}

/** Every mark, or every second, third … one where they would come faster than is safe to watch as light. */
export function safeMarks(marks: readonly number[]): number[] {
  if (marks.length < 2) return [...marks]
  const perSecond = (marks.length - 1) / ((marks.at(-1) as number) - (marks[0] as number))
  // A beat's wavering timing must not tip a song of exactly 180 BPM over.
  const step = Math.max(1, Math.ceil(perSecond / (MOST_FLASHES_PER_SECOND * 1.01)))
  return marks.filter((_, i) => i % step === 0)
}
