/** Value below which a share of the sorted values lies, by linear interpolation; NaN of none. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)] ?? Number.NaN
  const above = sorted[Math.ceil(at)] ?? Number.NaN
  return below + (above - below) * (at - Math.floor(at))
}

export const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

/**
 * An interval that holds the median of what the values were drawn from with at least 95 % confidence, whatever their
 * distribution: two of the sorted values, by the normal approximation of the binomial. All of them below six values.
 */
export function medianInterval(sorted: readonly number[]): [low: number, high: number] {
  const n = sorted.length
  const left = Math.max(0, Math.floor((n - 1.96 * Math.sqrt(n)) / 2) - 1)
  return [sorted[left] ?? Number.NaN, sorted[n - 1 - left] ?? Number.NaN]
}
