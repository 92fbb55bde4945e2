/** One line of a benchmark. */
export interface Measure {
  name: string
  value: number
  unit: 'ms' | 's' | 'kB' | 'MB' | '1/s' | ''
  /** What it should be at most; null where there is no such number. */
  aim: number | null
}

export type Bench = () => AsyncIterable<Measure>

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
