export interface BeatScore {
  fMeasure: number
  precision: number
  recall: number
  /** Median of detected minus true time over the hits, in seconds; its sign shows a constant bias. */
  medianError: number
  medianAbsoluteError: number
}

/** Beats found within ±`tolerance` seconds of true ones, each used once; both ascending, in seconds. */
export function scoreBeats(found: readonly number[], truth: readonly number[], tolerance = 0.07): BeatScore {
  const errors: number[] = []
  let next = 0
  for (const time of truth) {
    while (next < found.length && (found[next] as number) < time - tolerance) next++
    if (next < found.length && (found[next] as number) <= time + tolerance)
      errors.push((found[next++] as number) - time)
  }
  const precision = found.length === 0 ? 0 : errors.length / found.length
  const recall = truth.length === 0 ? 0 : errors.length / truth.length
  const fMeasure = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return {
    fMeasure,
    precision,
    recall,
    medianError: median(errors),
    medianAbsoluteError: median(errors.map(Math.abs)),
  }
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
