/**
 * Classifier-free guidance: `u + g·(c − u)`, written over the conditional output.
 * @param conditional the model's output with the prompt; overwritten.
 * @param unconditional its output with the negative prompt.
 */
export function guide(conditional: Float32Array, unconditional: Float32Array, guidance: number): Float32Array {
  for (let i = 0; i < conditional.length; i++) {
    const u = unconditional[i]!
    conditional[i] = u + guidance * (conditional[i]! - u)
  }
  return conditional
}

/** Guidance of 1 and less is the conditional output alone, so the second pass can be left out. */
export function needsUnconditional(guidance: number): boolean {
  return guidance > 1
}
