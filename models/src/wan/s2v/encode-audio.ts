import { AppError, type AudioEncoder, type ModelHost, type TensorData } from '@beatloom/core'
import { outputNamed } from '../../host/tensor-io.ts'
import { type AudioFeatures, resampled } from './audio-features.ts'
import { standardised } from './audio-signal.ts'

/**
 * All hidden states of the audio encoder for a whole sound, at 30 rows a second.
 * @param encoder wav2vec2, with one output `hidden_states` `[layers, 1, rows, width]` or one per layer,
 * `hidden_states.0` … of `[1, rows, width]`.
 * @param samples mono, 16 kHz.
 * @throws {AppError} `input_invalid` for a sound shorter than 0.045 s, `model_invalid` for other outputs.
 */
export async function encodeAudio(
  host: ModelHost,
  encoder: AudioEncoder,
  samples: Float32Array,
  signal: AbortSignal,
): Promise<AudioFeatures> {
  const input: TensorData = { dims: [1, samples.length], data: standardised(samples) }
  const outputs = await host.run(encoder.component, { input_values: input }, signal)
  return resampled(stackedLayers(outputs))
}

/** One tensor of all layers, however the encoder gives them. */
export function stackedLayers(outputs: Record<string, TensorData>): AudioFeatures {
  const numbered = Object.keys(outputs).filter((name) => /^hidden_states\.\d+$/.test(name)).length
  const single = numbered === 0 ? [outputNamed(outputs, 'hidden_states')] : []
  const parts =
    numbered === 0 ? single : Array.from({ length: numbered }, (_, i) => outputNamed(outputs, `hidden_states.${i}`))
  const [rows, width] = parts[0]!.dims.slice(-2)
  const layers = parts.length * (parts[0]!.dims.length === 4 ? parts[0]!.dims[0]! : 1)
  const size = parts.reduce((sum, { data }) => sum + data.length, 0)
  if (rows === undefined || width === undefined || size !== layers * rows * width) {
    const shapes = parts.map(({ dims }) => `[${dims.join(', ')}]`).join(', ')
    throw new AppError(
      'model_invalid',
      `The audio encoder gives ${shapes}; hidden states are [layers, 1, rows, width].`,
    )
  }
  const data = new Float32Array(size)
  let at = 0
  for (const part of parts) {
    data.set(part.data as Float32Array, at)
    at += part.data.length
  }
  return { layers, rows, width, data }
}
