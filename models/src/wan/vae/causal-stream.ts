import { randomUUID } from 'node:crypto'
import type { ComponentRef, ModelHost, TensorData } from '@beatloom/core'
import type { CacheFacts } from './vae-facts.ts'

/** What there is to decode or encode: a clip's stretch in time, over a part of its area. */
export interface CausalStream {
  /** The next stretch of time. @param first of the whole clip: it begins without a past. */
  next(input: TensorData, first: boolean, signal: AbortSignal): Promise<Record<string, TensorData>>
  /** Frees what was remembered. */
  end(): Promise<void>
}

/**
 * A causal VAE graph that is handed one stretch of time after the other. What its convolutions have seen last comes out
 * as `new_cache.i`, stays where the graph runs, and goes in again as `cache.i`, so that the result is that of the whole
 * clip at once. End it.
 * @param input name of what it reads: `latent_sample`, or `sample`.
 * @param outputs the outputs that are wanted.
 * @param grid rows and columns of latent pixels.
 */
export function causalStream(
  host: ModelHost,
  component: ComponentRef,
  input: string,
  outputs: readonly string[],
  caches: readonly CacheFacts[],
  grid: { rows: number; columns: number },
): CausalStream {
  const id = randomUUID()
  const names = Object.fromEntries(caches.map((_, i) => [`new_cache.${i}`, `cache.${i}`]))
  return {
    next(tensor, first, signal) {
      const skip: TensorData = { dims: [1], data: BigInt64Array.of(first ? 1n : 0n) }
      const past = first ? Object.fromEntries(caches.map((facts, i) => [`cache.${i}`, emptyCache(facts, grid)])) : {}
      return host.run(component, { [input]: tensor, skip, ...past }, signal, { outputs, carry: { id, names } })
    },
    end: () => host.forget(id),
  }
}

function emptyCache(
  { channels, frames, scale }: CacheFacts,
  { rows, columns }: { rows: number; columns: number },
): TensorData {
  const dims = [1, channels, frames, Math.round(rows * scale), Math.round(columns * scale)]
  return { dims, data: new Float32Array(dims.reduce((product, dim) => product * dim, 1)) }
}
