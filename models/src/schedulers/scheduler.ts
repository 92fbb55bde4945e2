/** Unit normal noise, as many values as the sample has; each call goes on in the seed's stream. */
export type DrawNoise = () => Float32Array

/** What turns model outputs into the next, less noisy sample. Made for one denoising run; it keeps history. */
export interface Scheduler {
  /** What the model is told at each call: falling (PNDM names its second twice), 0 … 1000. */
  timesteps: number[]
  /** Noise levels, one more than calls; the last is 0 unless the schedule says otherwise. */
  sigmas: number[]
  /** The first sample is unit noise times this. */
  initialScale: number
  /**
   * The model's input at call `i`, where it is not the sample itself.
   * @param target where to write it; same length as `sample`.
   */
  scaleInput?(i: number, sample: Float32Array, target: Float32Array): Float32Array
  /**
   * Moves `sample` from noise level `i` to `i + 1`, in place.
   * @param sample the current sample, overwritten.
   * @param output the model's output at `sample`, same length; left as it is.
   * @param draw asked for noise by the schedulers that add some, in the order of the steps.
   * @returns `sample`.
   */
  step(i: number, sample: Float32Array, output: Float32Array, draw: DrawNoise): Float32Array
  /**
   * What the model believes the clean sample is, from its output at call `i`.
   * @param target where to write it; same length as `sample`.
   */
  estimate(i: number, sample: Float32Array, output: Float32Array, target: Float32Array): Float32Array
  /**
   * A clean sample brought to the noise level of call `i`, from where denoising can begin.
   * @param target where to write it; may be `noise`.
   */
  addNoise(i: number, clean: Float32Array, noise: Float32Array, target: Float32Array): Float32Array
}

/** @throws {RangeError} when the arrays differ in length. */
export function assertSameLength(sample: Float32Array, output: Float32Array): void {
  if (sample.length !== output.length) {
    throw new RangeError(`The model returned ${output.length} values for a sample of ${sample.length}.`)
  }
}
