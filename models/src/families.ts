import {
  AppError,
  type AudioEncoder,
  type ComponentRef,
  type Conditioning,
  type ConditioningLimits,
  type Frames,
  type Image,
  type InstalledModel,
  type Latent,
  type Model,
  type ModelHost,
  type TensorData,
  type TextEncoder,
  type Vae,
} from '@beatloom/core'
import { pocketFamily } from './pocket/adapter.ts'
import type { FlowRule } from './schedulers/flow-schedule.ts'
import type { SchedulerName } from './schedulers/scheduler-names.ts'
import { latentConsistencyFamily, stableDiffusionFamily } from './stable-diffusion/adapter.ts'

/** What model.load hands out. `low` is `high` where a model has one denoiser. */
export interface LoadedModel {
  high: Model
  low: Model
  vae: Vae
  textEncoder: TextEncoder
  /** Null where the model hears nothing. */
  audioEncoder: AudioEncoder | null
}

export interface Prompt {
  text: string
  negative: string
  /** 1 leaves the encoding as it is. */
  weight: number
}

/** How one kind of model is driven: everything that the nodes leave to it. */
export interface PipelineFamily {
  name: string
  /** Components without which nothing runs. */
  requires: readonly string[]
  /** Of flow models: noise levels for a scheduler, and whether the network is told exactly 1000·σ. */
  schedule?: { rule: FlowRule; exactTimesteps: boolean }
  /** The sampler of a model of this kind, where nobody chose one. */
  sampler(model: Model): SchedulerName
  /**
   * How guidance reaches the network: by a second call without the prompt, or as an input of its own, which `predict`
   * finds as `guidance_scale`, `[1]`, among the conditions.
   */
  guidance: 'two calls' | 'input'
  /** A call that is typical of the model's main network, to measure providers with. */
  probe: { component: string; inputs(): Record<string, TensorData> }
  /** Splits an installed model into the values that flow along the links. */
  load(model: InstalledModel, provider: ComponentRef['provider']): LoadedModel
  encodePrompt(host: ModelHost, encoder: TextEncoder, prompt: Prompt, signal: AbortSignal): Promise<EncodedPrompt>
  /**
   * The denoiser's output for each of the latent's tensors, same shape: the velocity (noise − clean) of flow models,
   * of others what their scheduler's config says.
   * @param conditioning the conditional or unconditional inputs, complete.
   * @param timestep 0 … 1000.
   */
  predict(
    host: ModelHost,
    expert: ComponentRef,
    latent: Record<string, TensorData>,
    conditioning: Record<string, TensorData>,
    timestep: number,
    signal: AbortSignal,
  ): Promise<Record<string, TensorData>>
  /** Conditions that the denoiser cannot do without; a missing one is named before the first step. */
  conditions: readonly string[]
  /** What words rule out or weaken, applied to a latent without noise. */
  limit?(latent: Latent, limits: ConditioningLimits): Latent
  /** For models whose words can change within a clip: a clip for each prompt, and all of them as one. */
  timeline?: {
    cut(conditioning: Conditioning, latent: Latent): Stretch[]
    join(whole: Latent, done: readonly Stretch[]): Latent
  }
  /** A latent to be filled, for a picture of that size; absent where a node of its own makes it. */
  emptyLatent?(width: number, height: number): Latent
  /** A picture as a latent without noise; its sides are what `emptyLatent` takes. */
  encodeImage?(host: ModelHost, vae: Vae, image: Image, signal: AbortSignal): Promise<Latent>
  /** A latent without noise as frames, drawn or decoded one at a time as they are read. */
  decode(host: ModelHost, vae: Vae, latent: Latent): DecodedFrames
  /** A small picture, moving where the format can, of what a latent in the making is becoming; null where there is none. */
  preview?(latent: Latent, signal: AbortSignal): Promise<PreviewPicture | null>
}

export interface DecodedFrames extends Frames {
  /** What the user should know of how the clip was made. */
  remark?: { code: string; text: string }
}

export interface PreviewPicture {
  mime: string
  bytes: Uint8Array
}

/** A stretch of the clip with words of its own, sampled as a clip and joined to its neighbours. */
export interface Stretch {
  conditioning: Conditioning
  latent: Latent
  /** First latent frame in the whole clip. */
  from: number
  /** When its words begin, in latent frames; 0 for the first. */
  begins: number
}

export interface EncodedPrompt {
  conditioning: Conditioning
  /** Sentences for the user: what of the prompt could not be used. */
  remarks: string[]
}

const FAMILIES: Record<string, PipelineFamily> = Object.fromEntries(
  [pocketFamily, stableDiffusionFamily, latentConsistencyFamily].map((family) => [family.name, family]),
)

export function findFamily(name: string): PipelineFamily | undefined {
  return Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined
}

/** @throws {AppError} `model_invalid` for a family that Beatloom cannot run. */
export function familyOf(name: string): PipelineFamily {
  const family = findFamily(name)
  if (family) return family
  const valid = Object.keys(FAMILIES)
  throw new AppError(
    'model_invalid',
    `Models of the kind "${name}" cannot be run by this version; it runs: ${valid.join(', ')}.`,
    { details: { family: name, valid } },
  )
}
