import { CancelledError, type TensorData } from '@beatloom/core'
import type { LoraMap } from './lora-map.ts'
import type { Lora } from './open-lora.ts'

export interface AppliedLora {
  lora: Lora
  /** Multiplies the change; 0 is none. */
  strength: number
}

/**
 * The inputs that add LoRAs to the layers of a graph, y = W·x + bias + (x·a)·b: for each layer a `[in, rank]` and b
 * `[rank, out]`, the LoRAs side by side along the rank, strength and scale in b. A layer that none of them changes has
 * rank 0.
 * @throws {AppError} `run_cancelled` within one layer after an abort; `input_invalid` for tensors that cannot be read.
 */
export async function loraInputs(
  map: LoraMap,
  loras: readonly AppliedLora[],
  signal: AbortSignal,
): Promise<Record<string, TensorData>> {
  const inputs: Record<string, TensorData> = {}
  for (const [module, layer] of Object.entries(map)) {
    if (signal.aborted) throw new CancelledError()
    const parts = loras.flatMap(({ lora, strength }) => {
      const own = strength === 0 ? undefined : lora.layers.get(module)
      return own ? [{ ...own, strength, read: lora.read }] : []
    })
    const rank = parts.reduce((sum, part) => sum + part.rank, 0)
    const a = new Float32Array(layer.in * rank)
    const b = new Float32Array(rank * layer.out)
    let first = 0
    for (const part of parts) {
      transposeInto(a, await part.read(part.down), { rows: part.rank, columns: layer.in, stride: rank, first })
      const rows = b.subarray(first * layer.out, (first + part.rank) * layer.out)
      transposeInto(rows, await part.read(part.up), {
        rows: layer.out,
        columns: part.rank,
        stride: layer.out,
        first: 0,
      })
      const factor = part.strength * part.scale
      for (let k = 0; k < rows.length; k++) rows[k]! *= factor
      first += part.rank
    }
    inputs[layer.a] = { dims: [layer.in, rank], data: a }
    inputs[layer.b] = { dims: [rank, layer.out], data: b }
  }
  return inputs
}

/** Sides of the squares that are turned at a time, so that both ends stay in the cache. */
const TILE = 32

/** Row r and column c of the source go to row c and column `first + r` of the target, whose rows have `stride` values. */
function transposeInto(
  target: Float32Array,
  source: Float32Array,
  { rows, columns, stride, first }: { rows: number; columns: number; stride: number; first: number },
): void {
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(rows, top + TILE)
    for (let left = 0; left < columns; left += TILE) {
      const right = Math.min(columns, left + TILE)
      for (let column = left; column < right; column++) {
        const at = column * stride + first
        for (let row = top; row < bottom; row++) target[at + row] = source[row * columns + column]!
      }
    }
  }
}
