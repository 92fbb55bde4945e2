import type { ComponentRef, InstalledModel, ModelHost, TensorData, TextEncoder } from '@beatloom/core'
import { componentOf } from '../component-of.ts'
import type { EncodedPrompt, LoadedModel, PipelineFamily, Prompt } from '../families.ts'
import { outputNamed } from '../host/tensor-io.ts'
import { torchCpuRandn } from '../noise/torch-random.ts'
import { weighted } from '../prompt-weight.ts'
import { schedulerOfConfig } from '../schedulers/scheduler-names.ts'
import { tokenizerOf } from '../tokenizer.ts'
import { CONSISTENCY_GUIDANCE, GUIDANCE, LATENT_CHANNELS, TEXT_TOKENS } from './contract.ts'
import { decodePicture, emptyPicture, encodeToLatent } from './pictures.ts'

/** Stable Diffusion 1.5 and its kin (Turbo, fine-tunes): a picture from words, by a UNet between CLIP and a VAE. */
export const stableDiffusionFamily: PipelineFamily = {
  name: 'stable-diffusion',
  requires: ['text_encoder', 'tokenizer', 'unet', 'vae_decoder'],
  conditions: ['encoder_hidden_states'],
  guidance: 'two calls',
  sampler: ({ scheduler }) => (scheduler?.['_class_name'] === undefined ? 'pndm' : schedulerOfConfig(scheduler)),
  probe: { component: 'unet', inputs: typicalInputs },
  load: (model, provider) => load(model, provider, 'stable-diffusion', GUIDANCE),
  encodePrompt,
  async predict(host, expert, latent, conditioning, timestep, signal) {
    const time: TensorData = { dims: [1], data: Float32Array.of(timestep) }
    const outputs = await host.run(expert, { ...latent, ...conditioning, timestep: time }, signal)
    return { sample: outputNamed(outputs, 'out_sample') }
  },
  emptyLatent: (width, height) => emptyPicture('stable-diffusion', width, height),
  encodeImage: encodeToLatent,
  decode: decodePicture,
}

/** Latent consistency models: the same parts, distilled to a few steps, with the guidance as an input of the UNet. */
export const latentConsistencyFamily: PipelineFamily = {
  ...stableDiffusionFamily,
  name: 'latent-consistency',
  guidance: 'input',
  sampler: ({ scheduler }) => (scheduler?.['_class_name'] === undefined ? 'lcm' : schedulerOfConfig(scheduler)),
  load: (model, provider) => load(model, provider, 'latent-consistency', CONSISTENCY_GUIDANCE),
  async predict(host, expert, latent, { guidance_scale, ...conditioning }, timestep, signal) {
    const { inputs } = await host.describe(expert)
    const width = Number(inputs.find(({ name }) => name === 'timestep_cond')?.dims[1] ?? 256)
    const scale = Number(guidance_scale?.data[0] ?? CONSISTENCY_GUIDANCE)
    const conditions = { ...conditioning, timestep_cond: guidanceEmbedding(scale, width) }
    return stableDiffusionFamily.predict(host, expert, latent, conditions, timestep, signal)
  },
  emptyLatent: (width, height) => emptyPicture('latent-consistency', width, height),
}

/**
 * Guidance as sines and cosines of falling frequencies (Luo et al. 2023, as diffusers' pipeline computes it).
 * @returns `[1, width]`.
 */
export function guidanceEmbedding(scale: number, width: number): TensorData {
  const half = Math.floor(width / 2)
  const data = new Float32Array(width)
  for (let i = 0; i < half; i++) {
    const angle = 1000 * (scale - 1) * Math.exp((-i * Math.log(10_000)) / (half - 1))
    data[i] = Math.sin(angle)
    data[half + i] = Math.cos(angle)
  }
  return { dims: [1, width], data }
}

function load(
  model: InstalledModel,
  provider: ComponentRef['provider'],
  family: string,
  guidance: number,
): LoadedModel {
  const part = (name: string) => componentOf(model, name, provider)
  const denoiser = {
    family,
    experts: [{ component: part('unet'), guidance }],
    boundary: null,
    boundaryStep: null,
    shift: 1,
    scheduler: model.scheduler,
  }
  return {
    high: denoiser,
    low: denoiser,
    vae: {
      family,
      encoder: model.components['vae_encoder'] ? part('vae_encoder') : null,
      decoder: part('vae_decoder'),
    },
    textEncoder: { family, component: part('text_encoder'), tokenizer: part('tokenizer') },
    audioEncoder: null,
  }
}

async function encodePrompt(
  host: ModelHost,
  encoder: TextEncoder,
  { text, negative, weight }: Prompt,
  signal: AbortSignal,
): Promise<EncodedPrompt> {
  const tokenizer = await tokenizerOf(encoder.tokenizer)
  const encode = async (words: string): Promise<TensorData> => {
    const { inputIds } = tokenizer.encodeClosed(words, TEXT_TOKENS)
    const outputs = await host.run(encoder.component, { input_ids: { dims: [1, TEXT_TOKENS], data: inputIds } }, signal)
    return outputNamed(outputs, 'last_hidden_state')
  }
  const { tokenCount } = tokenizer.encodeClosed(text, TEXT_TOKENS)
  const positive = await encode(text)
  const shown =
    weight === 1 ? positive : weighted(positive, await encode(''), weight, Math.min(tokenCount, TEXT_TOKENS))
  const remarks =
    tokenCount > TEXT_TOKENS
      ? [`The prompt has ${tokenCount - 2} words and signs; the model reads the first ${TEXT_TOKENS - 2}.`]
      : []
  return {
    remarks,
    conditioning: {
      family: encoder.family,
      positive: { encoder_hidden_states: shown },
      negative: { encoder_hidden_states: await encode(negative) },
    },
  }
}

/** A picture of 512 × 512. */
function typicalInputs(): Record<string, TensorData> {
  const noise = (dims: number[]): TensorData => ({
    dims,
    data: torchCpuRandn(
      '0',
      dims.reduce((product, dim) => product * dim, 1),
    ),
  })
  return {
    sample: noise([1, LATENT_CHANNELS, 64, 64]),
    timestep: { dims: [1], data: Float32Array.of(601) },
    encoder_hidden_states: noise([1, TEXT_TOKENS, 768]),
  }
}
