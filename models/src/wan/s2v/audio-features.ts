/** Audio features in time: from the encoder's 50 rows a second to 30, and from those to one per video frame. */

/** Hidden states of every layer of the audio encoder. */
export interface AudioFeatures {
  /** Hidden states per row: the embedding and each layer, 25 for wav2vec2-large. */
  layers: number
  rows: number
  /** Values of one hidden state. */
  width: number
  /** `[layers, rows, width]`. */
  data: Float32Array
}

/** Rows a second of the audio encoder, of the features that video frames pick from, and video frames. */
export const ENCODER_RATE = 50
export const FEATURE_RATE = 30
export const VIDEO_RATE = 16

/** Rows after resampling; the order of the operations decides the ties, and is that of Wan's own code. */
export function resampledRows(encoderRows: number): number {
  return Math.trunc((encoderRows / ENCODER_RATE) * FEATURE_RATE)
}

/** 50 rows a second to 30: linear, the first and the last row kept (aligned corners). */
export function resampled({ layers, rows, width, data }: AudioFeatures): AudioFeatures {
  const count = resampledRows(rows)
  const out = new Float32Array(layers * count * width)
  const step = count > 1 ? (rows - 1) / (count - 1) : 0
  for (let row = 0; row < count; row++) {
    const before = Math.min(rows - 1, Math.floor(row * step))
    const after = Math.min(rows - 1, before + 1)
    const share = row * step - before
    for (let layer = 0; layer < layers; layer++) {
      const [a, b] = [(layer * rows + before) * width, (layer * rows + after) * width]
      const at = (layer * count + row) * width
      for (let i = 0; i < width; i++) out[at + i] = data[a + i]! * (1 - share) + data[b + i]! * share
    }
  }
  return { layers, rows: count, width, data: out }
}

/** The row, at 30 a second, that a video frame reads, at 16 a second; halves go to the even neighbour. */
export function rowOfFrame(frame: number): number {
  return roundHalfEven((frame * FEATURE_RATE) / VIDEO_RATE)
}

/** To the nearest whole number, halves to the even one, as Python and NumPy round. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  return rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below
}

/** Clips that a sound fills by Wan's own count: the last one is begun, even with hardly a row in it. */
export function clipsOfRows(rows: number, framesPerClip: number): number {
  return Math.floor(rows / (framesPerClip * (FEATURE_RATE / VIDEO_RATE))) + 1
}

/**
 * What the denoiser reads for one clip: a row of features per video frame, zeros behind the end of the sound.
 * @param features at 30 rows a second.
 * @returns `audio_embeds`, `[1, layers, width, framesPerClip]`.
 */
export function clipAudio(
  { layers, rows, width, data }: AudioFeatures,
  clip: number,
  framesPerClip: number,
): { dims: number[]; data: Float32Array<ArrayBuffer> } {
  const out = new Float32Array(layers * width * framesPerClip)
  for (let frame = 0; frame < framesPerClip; frame++) {
    const row = rowOfFrame(clip * framesPerClip + frame)
    if (row >= rows) break
    for (let layer = 0; layer < layers; layer++) {
      const from = (layer * rows + row) * width
      const to = layer * width * framesPerClip + frame
      for (let i = 0; i < width; i++) out[to + i * framesPerClip] = data[from + i]!
    }
  }
  return { dims: [1, layers, width, framesPerClip], data: out }
}
