/** What had arrived when. */
export interface Sample {
  atMs: number
  bytes: number
}

/** Long enough to be steady, short enough to follow a network that slows down. */
const WINDOW_MS = 6_000
const LEAST_MS = 900

/** The samples that still say something of the speed, with a new one; what is behind a restart says nothing. */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1)
  if (last && sample.bytes < last.bytes) return [sample]
  return [...samples.filter(({ atMs }) => sample.atMs - atMs <= WINDOW_MS), sample]
}

/** Bytes in a second; null until enough is known. */
export function speedOf(samples: readonly Sample[]): number | null {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || last.atMs - first.atMs < LEAST_MS || last.bytes === first.bytes) return null
  return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs)
}
