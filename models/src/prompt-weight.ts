/**
 * Strengthens or weakens a prompt: `e' = e0 + w·(e − e0)` on the rows of real tokens; other rows stay.
 * The rule is ComfyUI's, with the empty prompt's encoding as the origin.
 * @param encoded the prompt's encoding, `[1, tokens, width]`; left as it is.
 * @param empty the empty prompt's encoding, same shape.
 * @param mask 1 for real tokens, 0 for padding; `tokens` long.
 * @returns a new array; for weight 1 an exact copy.
 */
export function weightPrompt(
  encoded: Float32Array,
  empty: Float32Array,
  mask: BigInt64Array,
  weight: number,
): Float32Array {
  const weighted = encoded.slice()
  if (weight === 1) return weighted
  const width = encoded.length / mask.length
  for (let row = 0; row < mask.length; row++) {
    if (mask[row] === 0n) continue
    for (let k = row * width; k < (row + 1) * width; k++) {
      weighted[k] = empty[k]! + weight * (encoded[k]! - empty[k]!)
    }
  }
  return weighted
}
