/** Small inputs for tests of the pocket pipeline on the tiny fixture model. */
import { join } from 'node:path'
import type { Conditioning, Image, Latent } from '@beatloom/core'
import { familyOf, type LoadedModel } from '../families.ts'
import { type BeatloomModelHost, createModelHost, type ModelHostOptions } from '../host/model-host.ts'
import { type Aspect, AUDIO_FEATURES, gridFor, latentDims } from '../pocket/contract.ts'
import { encodePicture, encodeSound } from '../pocket/encode.ts'

export { layerTensors, writeSafetensors } from '../lora/testing.ts'

/** The folder that holds `tiny-pocket` and `graphs`. */
export const fixturesFolder = join(import.meta.dirname)

/** A host on the fixtures, on the CPU. Close it. */
export function fixtureHost(options: Partial<ModelHostOptions> = {}): BeatloomModelHost {
  return createModelHost({ folders: [fixturesFolder], provider: 'cpu', threads: 2, ...options })
}

export async function tinyPocket(host: BeatloomModelHost): Promise<LoadedModel> {
  const model = await host.open('tiny-pocket')
  return familyOf(model.family).load(model, 'auto')
}

/** A picture whose red grows to the right and whose green grows downwards. */
export function rampImage(width: number, height: number): Image {
  const data = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data.set([Math.round((255 * x) / (width - 1)), Math.round((255 * y) / (height - 1)), 128], 3 * (y * width + x))
    }
  }
  return { width, height, channels: 3, data }
}

/** An empty latent and a whole conditioning: prompt, sound that swells, ramp picture, medium motion. */
export async function pocketInputs(
  host: BeatloomModelHost,
  model: LoadedModel,
  { frames = 4, aspect = '16:9' as Aspect, text = 'slow pan right', negative = '', weight = 1 } = {},
): Promise<{ conditioning: Conditioning; latent: Latent }> {
  const { signal } = new AbortController()
  const grid = gridFor(aspect)
  const prompt = await familyOf('pocket').encodePrompt(host, model.textEncoder, { text, negative, weight }, signal)
  const features = Float32Array.from({ length: 3 * frames * AUDIO_FEATURES }, (_, k) => (k % 11) / 11)
  const picture = await encodePicture(host, model.vae, rampImage(64, 36), grid, signal)
  const empty = (dims: number[]) => ({ dims, data: new Float32Array(dims.reduce((product, dim) => product * dim, 1)) })
  const dims = latentDims(frames, grid)
  return {
    conditioning: {
      ...prompt.conditioning,
      positive: {
        ...prompt.conditioning.positive,
        audio_embeds: await encodeSound(host, model.audioEncoder!, features, signal),
        ...picture,
        motion_strength: { dims: [1], data: Float32Array.of(1) },
      },
    },
    latent: {
      family: 'pocket',
      tensors: { hidden_states: empty(dims.hidden_states), camera_states: empty(dims.camera_states) },
      latentRate: 10,
      video: { width: 832, height: 480, frameRate: 30, frameCount: 3 * frames },
      reference: null,
      light: null,
    },
  }
}
