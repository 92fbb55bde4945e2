const RHO = 7

/**
 * Noise levels spaced evenly in σ^(1/7), largest first (Karras et al. 2022, "Elucidating the Design Space of
 * Diffusion-Based Generative Models", eq. 5).
 */
export function karrasSigmas(smallest: number, largest: number, steps: number): number[] {
  const [low, high] = [smallest ** (1 / RHO), largest ** (1 / RHO)]
  return Array.from({ length: steps }, (_, i) => (high + (steps === 1 ? 0 : i / (steps - 1)) * (low - high)) ** RHO)
}

/** The timestep, with its fraction, at which training had this noise level: linear in log σ between the table's. */
export function timestepOfSigma(sigma: number, table: readonly number[]): number {
  const wanted = Math.log(Math.max(sigma, 1e-10))
  let low = 0
  while (low < table.length - 2 && Math.log(table[low + 1]!) <= wanted) low++
  const [from, to] = [Math.log(table[low]!), Math.log(table[low + 1]!)]
  return low + Math.min(1, Math.max(0, (wanted - from) / (to - from)))
}
