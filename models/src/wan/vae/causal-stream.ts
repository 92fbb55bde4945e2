import { randomUUID } from 'node:crypto'
import type { ComponentRef, ModelHost, TensorData } from '@beatloom/core'
import type { CacheFacts, VaeFacts } from './vae-facts.ts'

/** What there is to decode or encode: a clip's stretch in time, over a part of its area. */
export interface CausalStream {
  /** The next stretch of time; the `first` of a clip begins without a past, of the `last` nothing is remembered. */
  next(
    input: TensorData,
    place: { first: boolean; last: boolean },
    signal: AbortSignal,
  ): Promise<Record<string, TensorData>>
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
  { caches, latentsOfRound }: Pick<VaeFacts, 'caches' | 'latentsOfRound'>,
  grid: { rows: number; columns: number },
): CausalStream {
  const id = randomUUID()
  const all = Object.fromEntries(caches.map((_, i) => [`new_cache.${i}`, `cache.${i}`]))
  // Graphs with rounds begin with zeros of their own.
  const start = latentsOfRound > 0 ? { rows: 0, columns: 0 } : grid
  return {
    next(tensor, { first, last }, signal) {
      const skip: TensorData = { dims: [1], data: BigInt64Array.of(first ? 1n : 0n) }
      const zeros = Object.fromEntries(caches.map((facts, i) => [`cache.${i}`, cacheDims(facts, start)]))
      const names = last ? {} : all
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
