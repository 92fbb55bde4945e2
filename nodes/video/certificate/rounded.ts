/** Finer than anything here is measured: 0.1 µs of a millisecond count, 0.1 ms of a second count. */
const SCALE = 1e4

/** A copy of plain data with every number to four decimals, so that the certificate reads well and stays small. */
export function rounded<T>(value: T): T {
  // Plus zero, since JSON knows no −0.
  if (typeof value === 'number') return (Math.round(value * SCALE) / SCALE + 0) as T
  if (Array.isArray(value)) return value.map(rounded) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rounded(each)])) as T
}
