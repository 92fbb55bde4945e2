/** The sound before the audio encoder (wav2vec2): what goes in, and how many rows of features come out. */
import { AppError } from '@beatloom/core'

export const SAMPLE_RATE = 16_000

/** Kernel and stride of wav2vec2's convolutions; together they read a row every 320 samples, 50 a second. */
const CONVOLUTIONS = [
  [10, 5],
  [3, 2],
  [3, 2],
  [3, 2],
  [3, 2],
  [2, 2],
  [2, 2],
] as const

/** Two rows are the fewest that can be resampled; the first needs 400 samples, every further one 320. */
const FEWEST_SAMPLES = 720

/**
 * The whole signal with mean 0 and deviation 1, as wav2vec2's feature extractor gives it.
 * @param samples mono, 16 kHz.
 * @throws {AppError} `input_invalid` for a sound shorter than 0.045 s.
 */
export function standardised(samples: Float32Array): Float32Array<ArrayBuffer> {
  if (samples.length < FEWEST_SAMPLES) {
    throw new AppError(
      'input_invalid',
      `The sound has ${samples.length} samples at 16 kHz; speech needs at least ${FEWEST_SAMPLES} (0.045 s).`,
    )
  }
  let mean = 0
  for (const value of samples) mean += value
  mean /= samples.length
  let variance = 0
  for (const value of samples) variance += (value - mean) ** 2
  const deviation = Math.sqrt(variance / samples.length + 1e-7)
  return Float32Array.from(samples, (value) => (value - mean) / deviation)
}

/** Rows of features that wav2vec2 makes of so many samples, about 50 a second. */
export function encoderRows(samples: number): number {
  return CONVOLUTIONS.reduce(
    (length, [kernel, stride]) => Math.max(0, Math.floor((length - kernel) / stride) + 1),
    samples,
  )
}
