import { randomUUID } from 'node:crypto'
import type { ComponentRef, ModelHost, TensorData } from '@beatloom/core'
import type { CacheFacts } from './vae-facts.ts'

/** What there is to decode or encode: a clip's stretch in time, over a part of its area. */
export interface CausalStream {
  /** The next stretch of time. @param first of the whole clip: it begins without a past. */
  next(input: TensorData, first: boolean, signal: AbortSignal): Promise<Record<string, TensorData>>
  /** Frees what was remembered, once a call that is under way has ended; nobody needs to wait for that. */
  end(): void
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
      const zeros = Object.fromEntries(caches.map((facts, i) => [`cache.${i}`, cacheDims(facts, grid)]))
      const carry = first ? { id, names, zeros } : { id, names }
      return host.run(component, { [input]: tensor, skip }, signal, { outputs, carry })
    },
    end: () => void host.forget(id).catch(() => {}),
  }
}

function cacheDims(
  { channels, frames, scale }: CacheFacts,
  { rows, columns }: { rows: number; columns: number },
): number[] {
  return [1, channels, frames, Math.round(rows * scale), Math.round(columns * scale)]
}
