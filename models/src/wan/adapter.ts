import { AppError, type Latent, type TensorData } from '@beatloom/core'
import type { PictureVideo, PipelineFamily } from '../families.ts'
import { place } from '../frame-tensors.ts'
import { wanCommon, wanVelocity } from './common.ts'
import { clipDims, pictureCondition, pictureLatent, tokenTimesteps } from './conditions.ts'
import { WAN, type WanKind } from './contract.ts'
import { encodeFrames, encodeImage } from './encode-frames.ts'

/** Of I2V: the network reads them behind the latent's own channels. */
const PICTURE_CONDITION = 'picture_condition'
/** Of TI2V: stands for the first latent frame and is left as it is. */
const FIRST_LATENT = 'first_latent'

/** Wan2.2 T2V-A14B: videos from words, by two experts. */
export const wanTextFamily: PipelineFamily = {
  ...wanCommon('wan-t2v', ['transformer', 'transformer_2']),
  ...{ encodeImage, encodeFrames },
  emptyVideo: (size, frames) => emptyClip('wan-t2v', size, frames),
  predict: (host, expert, latent, conditioning, timestep, signal) =>
    wanVelocity(host, expert, latent, conditioning, { dims: [1], data: Float32Array.of(timestep) }, signal),
}

/** Wan2.2 I2V-A14B: videos that begin, and perhaps end, with a picture. */
export const wanPictureFamily: PipelineFamily = {
  ...wanCommon('wan-i2v', ['transformer', 'transformer_2', 'vae_encoder']),
  ...{ encodeImage, encodeFrames },
  conditions: ['encoder_hidden_states', PICTURE_CONDITION],
  async pictureVideo(host, { vae, conditioning, first, last, frames }, signal) {
    const told = await pictureCondition(host, vae, { first, last }, frames, signal)
    return {
      conditioning: { ...conditioning, positive: { ...conditioning.positive, [PICTURE_CONDITION]: told } },
      latent: emptyClip('wan-i2v', first, frames),
    }
  },
  predict(host, expert, latent, { [PICTURE_CONDITION]: told, ...conditioning }, timestep, signal) {
    const time = { dims: [1], data: Float32Array.of(timestep) }
    return wanVelocity(
      host,
      expert,
      { hidden_states: stacked(latent['hidden_states']!, told!) },
      conditioning,
      time,
      signal,
    )
  },
}

/** Wan2.2 TI2V-5B: videos from words, or from words and a first picture, by one network. */
export const wanSmallFamily: PipelineFamily = {
  ...wanCommon('wan-ti2v', ['transformer']),
  ...{ encodeImage, encodeFrames },
  emptyVideo: (size, frames) => emptyClip('wan-ti2v', size, frames),
  async pictureVideo(host, { vae, conditioning, first, last, frames }, signal): Promise<PictureVideo> {
    if (last) {
      throw new AppError(
        'input_invalid',
        'Models of the kind "wan-ti2v" cannot end on a picture; take the link to "Last picture" away.',
      )
    }
    const latent = await pictureLatent(host, vae, first, signal)
    return {
      conditioning: { ...conditioning, positive: { ...conditioning.positive, [FIRST_LATENT]: latent } },
      latent: emptyClip('wan-ti2v', first, frames),
    }
  },
  async predict(host, expert, latent, { [FIRST_LATENT]: first, ...conditioning }, timestep, signal) {
    const sample = latent['hidden_states']!
    const [, , frames, rows, columns] = sample.dims as [number, number, number, number, number]
    const { inputs } = await host.describe(expert)
    const perToken = inputs.find(({ name }) => name === 'timestep')?.dims.length === 2
    const time = perToken
      ? tokenTimesteps(timestep, [frames, rows, columns], first !== undefined)
      : { dims: [1], data: Float32Array.of(timestep) }
    const shown = first ? withFirst(sample, first) : sample
    return wanVelocity(host, expert, { hidden_states: shown }, conditioning, time, signal)
  },
  // Only the first window begins with the picture.
  inWindow: ({ [FIRST_LATENT]: first, ...rest }, { from }) =>
    first && from === 0 ? { ...rest, [FIRST_LATENT]: first } : rest,
  finish(latent, { positive: { [FIRST_LATENT]: first } }) {
    if (!first) return latent
    return { ...latent, tensors: { hidden_states: withFirst(latent.tensors['hidden_states']!, first) } }
  },
}

function emptyClip(kind: WanKind, { width, height }: { width: number; height: number }, frames: number): Latent {
  const { frameRate } = WAN[kind]
  const dims = clipDims(kind, { width, height }, frames)
  return {
    family: kind,
    tensors: { hidden_states: { dims, data: new Float32Array(dims.reduce((product, dim) => product * dim, 1)) } },
    latentRate: frameRate / 4,
    video: { width, height, frameRate, frameCount: frames },
    reference: null,
    light: null,
  }
}

/** Two tensors of one grid, channels behind channels. */
function stacked(a: TensorData, b: TensorData): TensorData {
  requireGrid(a.dims.slice(2), b.dims.slice(2))
  const data = new Float32Array(a.data.length + b.data.length)
  data.set(a.data as Float32Array)
  data.set(b.data as Float32Array, a.data.length)
  return { dims: [1, a.dims[1]! + b.dims[1]!, ...a.dims.slice(2)], data }
}

/** A clip whose first latent frame is another's. */
function withFirst(clip: TensorData, first: TensorData): TensorData {
  const [, , , rows, columns] = clip.dims as [number, number, number, number, number]
  requireGrid([rows, columns], first.dims.slice(3))
  const whole = { dims: clip.dims, data: Float32Array.from(clip.data as Float32Array) }
  place(whole, first, 0)
  return whole
}

/** A condition of another grid would be read askew, or beyond its end. */
function requireGrid(latent: readonly number[], condition: readonly number[]): void {
  if (latent.every((side, i) => side === condition[i])) return
  throw new AppError(
    'input_invalid',
    'The picture was prepared for a video of another size or length; take conditioning and latent from the same "Picture to video latent".',
  )
}
