/** What the model's output is. `flow` also sets signal = 1 − σ and noise = σ; the others are variance preserving. */
export type Prediction = 'flow' | 'epsilon' | 'v' | 'sample'

/** A noisy sample is `signal · clean + noise · unit noise`. */
export interface NoiseLevel {
  signal: number
  noise: number
  /** Half the log signal-to-noise ratio. */
  lambda: number
}

/** @param sigma noise over signal, or for `flow` the noise itself. */
export function noiseLevel(sigma: number, prediction: Prediction): NoiseLevel {
  const signal = prediction === 'flow' ? 1 - sigma : 1 / Math.sqrt(1 + sigma * sigma)
  const noise = prediction === 'flow' ? sigma : sigma === Infinity ? 1 : sigma * signal
  return { signal, noise, lambda: Math.log(signal) - Math.log(noise) }
}

/**
 * The clean sample that a model's output stands for.
 * @param target written to and returned; may be `sample` or `output`.
 */
export function toClean(
  { signal, noise }: Pick<NoiseLevel, 'signal' | 'noise'>,
  prediction: Prediction,
  sample: Float32Array,
  output: Float32Array,
  target: Float32Array,
): Float32Array {
  for (let k = 0; k < sample.length; k++) {
    const x = sample[k]!
    const y = output[k]!
    switch (prediction) {
      case 'flow':
        target[k] = x - noise * y
        break
      case 'epsilon':
        target[k] = (x - noise * y) / signal
        break
      case 'v':
        target[k] = signal * x - noise * y
        break
      case 'sample':
        target[k] = y
        break
    }
  }
  return target
}

/** Keeps values within ± `limit`, in place; null leaves them. */
export function hold(values: Float32Array, limit: number | null): Float32Array {
  if (limit === null) return values
  for (let k = 0; k < values.length; k++) values[k] = Math.min(limit, Math.max(-limit, values[k]!))
  return values
}

/** The unit noise that a model's output stands for, for variance-preserving levels. */
export function toNoise(
  { signal, noise }: Pick<NoiseLevel, 'signal' | 'noise'>,
  prediction: Prediction,
  x: number,
  y: number,
): number {
  if (prediction === 'epsilon') return y
  return prediction === 'v' ? signal * y + noise * x : (x - signal * y) / noise
}

/** `signal · clean + noise · unit` into `target`, which may be one of the two. */
export function mixNoise(
  { signal, noise }: Pick<NoiseLevel, 'signal' | 'noise'>,
  clean: Float32Array,
  unit: Float32Array,
  target: Float32Array,
): Float32Array {
  for (let k = 0; k < clean.length; k++) target[k] = signal * clean[k]! + noise * unit[k]!
  return target
}
