/** What turns model outputs into the next, less noisy sample. Made for one denoising run; it keeps history. */
export interface Scheduler {
  /** What the model is told at each step: falling, 0 … 1000. */
  timesteps: number[]
  /** Noise levels, one more than steps; the last is 0 unless the schedule says otherwise. */
  sigmas: number[]
  /** The first sample is unit noise times this. */
  initialScale: number
  /**
   * Moves `sample` from noise level `i` to `i + 1`, in place.
   * @param sample the current sample, overwritten.
   * @param output the model's output at `sample`, same length; left as it is.
   * @returns `sample`.
   */
  step(i: number, sample: Float32Array, output: Float32Array): Float32Array
  /**
   * What the model believes the clean sample is, from its output at step `i`.
   * @param target where to write it; same length as `sample`.
   */
  estimate(i: number, sample: Float32Array, output: Float32Array, target: Float32Array): Float32Array
}

/** @throws {RangeError} when the arrays differ in length. */
export function assertSameLength(sample: Float32Array, output: Float32Array): void {
  if (sample.length !== output.length) {
    throw new RangeError(`The model returned ${output.length} values for a sample of ${sample.length}.`)
  }
}
