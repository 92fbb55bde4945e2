import { AppError, type Image, type ModelHost, type TensorData, type Vae } from '@beatloom/core'
import { planesOf } from '../picture-planes.ts'
import { latentFrames, WAN, type WanKind } from './contract.ts'
import { type ClipFrames, encodeClip } from './vae/encode-clip.ts'
import { vaeFactsOf } from './vae/vae-facts.ts'

/** Pictures that a clip is made around, already cut to its size. */
export interface ClipPictures {
  first: Image
  /** What the clip ends on; null to leave it open. */
  last: Image | null
}

/**
 * What I2V's network is told of the pictures: four channels that mark the frames that are given, then the VAE's latent
 * of a clip that has these frames and is mid-grey elsewhere (`wan/image2video.py`; the last picture as in diffusers).
 * @param frames of the clip, 4k + 1.
 * @returns `[1, 20, k + 1, rows, columns]`.
 */
export async function pictureCondition(
  host: ModelHost,
  vae: Vae,
  { first, last }: ClipPictures,
  frames: number,
  signal: AbortSignal,
): Promise<TensorData> {
  const { width, height } = first
  const grey = new Float32Array(3 * width * height)
  const given = new Map([[0, planesOf(first)]])
  if (last && frames > 1) given.set(frames - 1, planesOf(last))
  const clip: ClipFrames = { count: frames, width, height, frame: (index) => given.get(index) ?? grey }
  const encoded = await encodedClip(host, vae, clip, signal)
  const [, , count, rows, columns] = encoded.dims as [number, number, number, number, number]
  const mask = frameMask(count, rows * columns, last !== null)
  const values = encoded.data as Float32Array
  const data = new Float32Array(mask.length + values.length)
  data.set(mask)
  data.set(values, mask.length)
  return { dims: [1, 4 + encoded.dims[1]!, count, rows, columns], data }
}

/**
 * Which frames are given, four to a latent frame: `[4, frames, plane]`. The first picture stands for all four of the
 * first latent frame, the last one is the last of its four.
 */
export function frameMask(frames: number, plane: number, withLast: boolean): Float32Array {
  const mask = new Float32Array(4 * frames * plane)
  for (let channel = 0; channel < 4; channel++) mask.fill(1, channel * frames * plane, (channel * frames + 1) * plane)
  if (withLast && frames > 1) mask.fill(1, (3 * frames + frames - 1) * plane, 4 * frames * plane)
  return mask
}

/** A picture as one latent frame: `[1, channels, 1, rows, columns]`. */
export function pictureLatent(host: ModelHost, vae: Vae, image: Image, signal: AbortSignal): Promise<TensorData> {
  const planes = planesOf(image)
  return encodedClip(host, vae, { count: 1, width: image.width, height: image.height, frame: () => planes }, signal)
}

/** @throws {AppError} `model_missing` without an encoder. */
export async function encodedClip(
  host: ModelHost,
  { family, encoder }: Vae,
  clip: ClipFrames,
  signal: AbortSignal,
): Promise<TensorData> {
  if (!encoder) throw new AppError('model_missing', 'The model has no vae_encoder, so it cannot read a picture.')
  const { channels, pixels } = WAN[family as WanKind]
  const facts = await vaeFactsOf(encoder, channels)
  return encodeClip(host, { component: encoder, facts, scale: pixels }, clip, signal)
}

/** The timestep of every token: 0 for those of a first latent frame that is given, `timestep` for the others. */
export function tokenTimesteps(
  timestep: number,
  [frames, rows, columns]: readonly [number, number, number],
  firstIsGiven: boolean,
): TensorData {
  const perFrame = Math.floor(rows / 2) * Math.floor(columns / 2)
  const data = new Float32Array(frames * perFrame).fill(timestep)
  if (firstIsGiven) data.fill(0, 0, perFrame)
  return { dims: [1, data.length], data }
}

export const clipDims = (kind: WanKind, { width, height }: { width: number; height: number }, frames: number) => {
  const { channels, pixels } = WAN[kind]
  return [1, channels, latentFrames(frames), height / pixels, width / pixels]
}
