import type { Beats } from '../values.ts'

/** How loud a piece is around a moment: means of its loudness, found from running sums. */
export interface LoudnessCurve {
  /** Mean from one second to another, 0 … 1; 0 where there is no sound. */
  mean(fromSeconds: number, toSeconds: number): number
  /** Mean of the two seconds around a moment. */
  at(seconds: number): number
  /** How much louder the next four seconds are than the last four. */
  rise(seconds: number): number
}

export function loudnessCurve({ rate, loudness }: Beats['envelopes']): LoudnessCurve {
  const sums = new Float64Array(loudness.length + 1)
  for (let i = 0; i < loudness.length; i++) sums[i + 1] = (sums[i] as number) + unit(loudness[i] as number)
  const mean = (fromSeconds: number, toSeconds: number): number => {
    const from = Math.max(0, Math.min(loudness.length - 1, Math.floor(fromSeconds * rate)))
    const to = Math.min(loudness.length, Math.max(from + 1, Math.ceil(toSeconds * rate)))
    return to > from ? ((sums[to] as number) - (sums[from] as number)) / (to - from) : 0
  }
  return {
    mean,
    at: (seconds) => mean(Math.max(0, seconds - 1), seconds + 1),
    rise: (seconds) => mean(seconds, seconds + 4) - mean(Math.max(0, seconds - 4), Math.max(0.01, seconds)),
  }
}

const unit = (value: number): number => (value > 0 ? Math.min(1, value) : 0)
