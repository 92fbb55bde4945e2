/** One line of a benchmark. */
export interface Measure {
  name: string
  value: number
  unit: 'ms' | 's' | 'kB' | 'MB' | '1/s' | '%' | 'dB' | 'px' | ''
  /** What it should be at most; null where there is no such number. */
  aim: number | null
  /** The aim is the least it should be instead. */
  atLeast?: boolean
}

export interface BenchOptions {
  /** A part of the work that says the most in a few minutes, for benches that take long. */
  quick: boolean
  /** What is measured is kept. */
  keep: boolean
}

export type Bench = (options: BenchOptions) => AsyncIterable<Measure>

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
