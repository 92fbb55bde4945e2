import type { ComponentRef, InstalledModel, ModelHost, TensorData, TextEncoder } from '@beatloom/core'
import { componentOf } from '../component-of.ts'
import type { EncodedPrompt, LoadedModel, PipelineFamily, Prompt } from '../families.ts'
import { outputNamed } from '../host/tensor-io.ts'
import { torchCpuRandn } from '../noise/torch-random.ts'
import { type TokenizedText, tokenizerOf } from '../tokenizer.ts'
import { gridFor, latentDims, pictureTokens, TEXT_TOKENS } from './contract.ts'
import { cropNote } from './crop-note.ts'
import { decodePocket } from './decoder/index.ts'
import { heldParts } from './held-parts.ts'
import { limitLatent } from './limit-latent.ts'
import { cutTimeline, joinTimeline } from './timeline.ts'

/** Guidance, boundary and shift of the contract, where a model's own files do not say otherwise. */
const GUIDANCE_HIGH = 1
const GUIDANCE_LOW = 1
const BOUNDARY = 0.875
const SHIFT = 8

/** The pocket model: fields of motion and light, two experts, conditioned on prompt, sound and picture. */
export const pocketFamily: PipelineFamily = {
  name: 'pocket',
  requires: [
    'text_encoder',
    'tokenizer',
    'audio_encoder',
    'image_encoder',
    'transformer',
    'transformer_2',
    'vae_decoder',
  ],
  conditions: [
    'encoder_hidden_states',
    'encoder_attention_mask',
    'audio_embeds',
    'image_embeds',
    'matte',
    'motion_strength',
  ],
  guidance: 'two calls',
  sampler: () => 'flow-match-euler',
  schedule: { rule: 'explicit', exactTimesteps: true },
  probe: { component: 'transformer', inputs: typicalInputs },
  load,
  encodePrompt,
  async predict(host, expert, latent, conditioning, timestep, signal) {
    const time: TensorData = { dims: [1], data: Float32Array.of(timestep) }
    const outputs = await host.run(expert, { ...latent, ...conditioning, timestep: time }, signal)
    return {
      hidden_states: outputNamed(outputs, 'out_hidden_states'),
      camera_states: outputNamed(outputs, 'out_camera_states'),
    }
  },
  finish: (latent, { limits }) => (limits ? limitLatent(latent, limits) : latent),
  timeline: { cut: cutTimeline, join: joinTimeline },
  decode(_host, _vae, latent) {
    const frames = decodePocket(latent)
    const text = cropNote(frames.crop)
    return text === null ? frames : { ...frames, remark: { code: 'cropped', text } }
  },
  openPreview: async () => async (latent) => {
    // A latent without its picture has nothing to warp.
    if (!latent.reference) return null
    const { previewPocket } = await import('./decoder/preview.ts')
    return previewPocket(latent)
  },
}

function load(model: InstalledModel, provider: ComponentRef['provider']): LoadedModel {
  const part = (name: string) => componentOf(model, name, provider)
  const boundary = numberOr(model.index['boundary_ratio'], BOUNDARY)
  const shift = numberOr(model.scheduler['shift'] ?? model.scheduler['flow_shift'], SHIFT)
  const expert = (name: string, guidance: number) => ({
    family: 'pocket',
    experts: [{ component: part(name), guidance }],
    boundary,
    boundaryStep: null,
    shift,
  })
  return {
    high: expert('transformer', numberOr(model.index['guidance_high'], GUIDANCE_HIGH)),
    low: expert('transformer_2', numberOr(model.index['guidance_low'], GUIDANCE_LOW)),
    vae: { family: 'pocket', encoder: part('image_encoder'), decoder: part('vae_decoder') },
    textEncoder: { family: 'pocket', component: part('text_encoder'), tokenizer: part('tokenizer') },
    audioEncoder: { family: 'pocket', component: part('audio_encoder') },
  }
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback
}

async function encodePrompt(
  host: ModelHost,
  encoder: TextEncoder,
  { text, negative, weight }: Prompt,
  signal: AbortSignal,
): Promise<EncodedPrompt> {
  const tokenizer = await tokenizerOf(encoder.tokenizer)
  const encode = async (tokens: TokenizedText): Promise<TensorData> => {
    const inputs = { input_ids: row(tokens.inputIds), attention_mask: row(tokens.attentionMask) }
    return outputNamed(await host.run(encoder.component, inputs, signal), 'last_hidden_state')
  }
  const prompt = tokenizer.encode(text, TEXT_TOKENS)
  const against = tokenizer.encode(negative, TEXT_TOKENS)
  const { parts: held, unknown } = heldParts(negative)
  const remarks: string[] = []
  if (unknown.length > 0) {
    remarks.push(
      `The model cannot keep away from "${unknown.join(', ')}"; it can from moves of the camera, light, colours, moves of the subject and of what is around it.`,
    )
  }
  if (prompt.tokenCount > TEXT_TOKENS) {
    remarks.push(`The prompt has ${prompt.tokenCount} words and signs; the model reads the first ${TEXT_TOKENS}.`)
  }
  return {
    remarks,
    conditioning: {
      family: 'pocket',
      positive: { encoder_hidden_states: await encode(prompt), encoder_attention_mask: row(prompt.attentionMask) },
      negative: { encoder_hidden_states: await encode(against), encoder_attention_mask: row(against.attentionMask) },
      limits: { weight, held },
    },
  }
}

function row(data: BigInt64Array): TensorData {
  return { dims: [1, data.length], data }
}

/** Eight seconds at 16:9. */
function typicalInputs(): Record<string, TensorData> {
  const frames = 80
  const grid = gridFor('16:9')
  const noise = (dims: number[]): TensorData => ({
    dims,
    data: torchCpuRandn(
      '0',
      dims.reduce((product, dim) => product * dim, 1),
    ),
  })
  const dims = latentDims(frames, grid)
  return {
    hidden_states: noise(dims.hidden_states),
    camera_states: noise(dims.camera_states),
    timestep: { dims: [1], data: Float32Array.of(900) },
    encoder_hidden_states: noise([1, TEXT_TOKENS, 192]),
    encoder_attention_mask: row(new BigInt64Array(TEXT_TOKENS).fill(1n)),
    audio_embeds: noise([1, frames / 2, 256]),
    image_embeds: noise([1, pictureTokens(grid), 256]),
    matte: { dims: [1, grid.rows, grid.columns], data: new Float32Array(grid.rows * grid.columns).fill(0.5) },
    motion_strength: { dims: [1], data: Float32Array.of(1) },
  }
}
