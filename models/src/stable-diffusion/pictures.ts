import { join } from 'node:path'
import {
  AppError,
  CancelledError,
  type ComponentRef,
  type Image,
  type Latent,
  type ModelHost,
  type Vae,
} from '@beatloom/core'
import type { DecodedFrames } from '../families.ts'
import { outputNamed } from '../host/tensor-io.ts'
import { readModelJson } from '../library/json-file.ts'
import { planesOf } from '../picture-planes.ts'
import { LATENT_CHANNELS, PIXELS_PER_LATENT, SCALING_FACTOR } from './contract.ts'

/**
 * A latent to be filled, for a picture of that size.
 * @throws {AppError} `input_invalid` for sides that are no multiples of 8.
 */
export function emptyPicture(family: string, width: number, height: number): Latent {
  for (const side of [width, height]) {
    if (side >= PIXELS_PER_LATENT && side % PIXELS_PER_LATENT === 0) continue
    throw new AppError('input_invalid', `Stable Diffusion's pictures have sides in multiples of 8; ${side} is none.`)
  }
  const dims = [1, LATENT_CHANNELS, height / PIXELS_PER_LATENT, width / PIXELS_PER_LATENT]
  return {
    family,
    tensors: { sample: { dims, data: new Float32Array(dims.reduce((product, dim) => product * dim, 1)) } },
    latentRate: 1,
    video: { width, height, frameRate: 1, frameCount: 1 },
    reference: null,
    light: null,
  }
}

/**
 * The mean of what the VAE makes of a picture, scaled for the denoiser.
 * @param image RGB, sides in multiples of 8.
 */
export async function encodeToLatent(host: ModelHost, vae: Vae, image: Image, signal: AbortSignal): Promise<Latent> {
  if (!vae.encoder) throw new AppError('model_missing', 'The model has no vae_encoder, so it cannot read a picture.')
  const { width, height } = image
  const latent = emptyPicture(vae.family, width, height)
  const inputs = { sample: { dims: [1, 3, height, width], data: planesOf(image) } }
  const outputs = await host.run(vae.encoder, inputs, signal)
  // Mean first, then log variance, in exports that give both.
  const parameters = outputNamed(outputs, 'latent_parameters').data as Float32Array
  const scale = await scalingFactor(vae.encoder)
  const { dims, data } = latent.tensors['sample']!
  const mean = (data as Float32Array).map((_, i) => parameters[i]! * scale)
  return { ...latent, tensors: { sample: { dims, data: mean } } }
}

/** One frame: the picture. */
export function decodePicture(host: ModelHost, vae: Vae, latent: Latent): DecodedFrames {
  const { width, height, frameRate, frameCount } = latent.video
  return {
    ...{ width, height, frameRate, frameCount },
    async *frames(signal) {
      if (signal.aborted) throw new CancelledError()
      const scale = await scalingFactor(vae.decoder)
      const { dims, data } = latent.tensors['sample']!
      const sample = { dims, data: (data as Float32Array).map((value) => value / scale) }
      const outputs = await host.run(vae.decoder, { latent_sample: sample }, signal)
      yield imageOf(outputNamed(outputs, 'sample').data as Float32Array, width, height)
    },
  }
}

/** @param planes red, green, blue, −1 … 1. */
function imageOf(planes: Float32Array, width: number, height: number): Image {
  const plane = width * height
  const data = new Uint8Array(3 * plane)
  for (let i = 0; i < plane; i++) {
    for (let colour = 0; colour < 3; colour++) {
      const value = planes[colour * plane + i]! * 127.5 + 127.5
      data[i * 3 + colour] = Math.min(255, Math.max(0, Math.round(value)))
    }
  }
  return { width, height, channels: 3, data }
}

async function scalingFactor({ folder, component }: ComponentRef): Promise<number> {
  const config = await readModelJson(join(folder, component, 'config.json'))
  const factor = config?.['scaling_factor']
  return typeof factor === 'number' && factor > 0 ? factor : SCALING_FACTOR
}
