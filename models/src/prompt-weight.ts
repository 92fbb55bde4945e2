import type { TensorData } from '@beatloom/core'

/**
 * A prompt's encoding moved away from that of an empty prompt at the same positions: `e₀ + w · (e − e₀)`, ComfyUI's
 * rule; the padding stays as it is.
 * @param tokens how many rows are the prompt's own.
 * @returns `[1, positions, width]`.
 */
export function weighted(encoded: TensorData, empty: TensorData, weight: number, tokens: number): TensorData {
  const width = encoded.dims.at(-1)!
  const from = encoded.data as Float32Array
  const base = empty.data as Float32Array
  const data = Float32Array.from(from)
  for (let i = 0; i < tokens * width; i++) data[i] = base[i]! + weight * (from[i]! - base[i]!)
  return { dims: encoded.dims, data }
}
