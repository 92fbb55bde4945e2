/** Peaks thinned to `bars` bars: the loudest of each slice, so no hit is lost. */
export function thinPeaks(peaks: readonly number[], bars: number): number[] {
  if (peaks.length <= bars) return [...peaks]
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / bars)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars))
    let loudest = 0
    for (let index = from; index < to; index++) loudest = Math.max(loudest, peaks[index] ?? 0)
    return loudest
  })
}

/** One upright line a bar in a box of `bars` × 100, mirrored about the middle. */
export function waveformPath(peaks: readonly number[]): string {
  const top = Math.max(0.01, ...peaks)
  return peaks
    .map((peak, bar) => {
      const half = Math.max(1, (peak / top) * 46)
      return `M${bar + 0.5} ${(50 - half).toFixed(1)}V${(50 + half).toFixed(1)}`
    })
    .join('')
}
