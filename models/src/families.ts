import {
  AppError,
  type AudioEncoder,
  type ComponentRef,
  type Conditioning,
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
import type { FrameWindow } from './context-windows.ts'
import { pocketFamily } from './pocket/adapter.ts'
import type { FlowRule } from './schedulers/flow-schedule.ts'
import type { SchedulerName } from './schedulers/scheduler-names.ts'
import { latentConsistencyFamily, stableDiffusionFamily } from './stable-diffusion/adapter.ts'
import { wanPictureFamily, wanSmallFamily, wanTextFamily } from './wan/adapter.ts'
import type { ClipToEncode } from './wan/encode-frames.ts'
import { wanSoundFamily } from './wan/s2v/adapter.ts'
import type { DecodeOptions } from './wan/vae/decode-video.ts'

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
  /** A call that is typical of the model's main network, to measure providers with; absent where it is too large for that. */
  probe?: { component: string; inputs(): Record<string, TensorData> }
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
  /** Of conditions, those that hold in a window of the video's frames; absent where all do. */
  inWindow?(conditioning: Record<string, TensorData>, window: FrameWindow): Record<string, TensorData>
  /** Conditions that the denoiser cannot do without; a missing one is named before the first step. */
  conditions: readonly string[]
  /** What holds of a latent without noise whatever the network says: parts that are given, or that words rule out. */
  finish?(latent: Latent, conditioning: Conditioning): Latent
  /** For models whose words can change within a clip: a clip for each prompt, and all of them as one. */
  timeline?: {
    cut(conditioning: Conditioning, latent: Latent): Stretch[]
    join(whole: Latent, done: readonly Stretch[]): Latent
  }
  /** A latent to be filled, for a picture of that size; absent where a node of its own makes it. */
  emptyLatent?(width: number, height: number): Latent
  /** A picture as a latent without noise; its sides are what `emptyLatent` takes, or multiples of what `video` says. */
  encodeImage?(host: ModelHost, vae: Vae, image: Image, signal: AbortSignal): Promise<Latent>
  /** A clip as a latent without noise; sides are multiples of what `video` says. */
  encodeFrames?(host: ModelHost, vae: Vae, clip: ClipToEncode, signal: AbortSignal): Promise<Latent>
  /** What videos of this kind of model are like; absent where a node of its own makes their latents. */
  video?: VideoFormat
  /** A video to be filled, from words alone; sides and frames as `video` allows. */
  emptyVideo?(size: { width: number; height: number }, frames: number): Latent
  /** A video to be filled that begins with a picture. */
  pictureVideo?(host: ModelHost, request: PictureRequest, signal: AbortSignal): Promise<PictureVideo>
  /** A video to be filled in which a picture moves with a sound. */
  soundVideo?(host: ModelHost, request: SoundRequest, signal: AbortSignal): Promise<PictureVideo>
  /** The same video to be filled in shorter clips, which take less memory; null where there are none. */
  shorterClips?(conditioning: Conditioning, latent: Latent): Latent | null
  /** For latents that are sampled clip by clip. */
  clips?(host: ModelHost, conditioning: Conditioning, latent: Latent): ClipSequence
  /** A latent without noise as frames, drawn or decoded one at a time as they are read. */
  decode(host: ModelHost, vae: Vae, latent: Latent, options?: DecodeOptions): DecodedFrames
  /** Opened before the first step, while the denoiser is not loaded yet; null where the model has no passing pictures. */
  openPreview?(host: ModelHost, model: Model, signal: AbortSignal): Promise<DrawPreview | null>
}

/** Which videos a kind of model makes. */
export interface VideoFormat {
  /** Frames per second that the model was taught. */
  frameRate: number
  /** Seconds of a clip as published. */
  seconds: number
  /** Sides are multiples of this. */
  multiple: number
  /** The nearest number of frames that a clip can have. */
  wholeFrames(frames: number): number
  /** The frame for a picture of that shape. */
  sizeFor(picture: { width: number; height: number }, area: '480p' | '720p'): { width: number; height: number }
}

export interface PictureRequest {
  vae: Vae
  conditioning: Conditioning
  /** The first frame, cut to the video's size. */
  first: Image
  /** The last frame, of the same size; null to leave it open. */
  last: Image | null
  frames: number
}

export interface SoundRequest {
  vae: Vae
  audioEncoder: AudioEncoder
  conditioning: Conditioning
  picture: Image
  /** Mono, 16 kHz. */
  samples: Float32Array
  /** Length of the video. */
  seconds: number
  area: '480p' | '720p'
  /** 80, or 48 for less memory. */
  framesPerClip: number
  /** Goes on from the picture as it is, rather than taking it for what it shows. */
  startsFromPicture: boolean
  /** How strongly the sound moves the picture; 1 as the model was taught, 0 not at all. */
  strength: number
  /** Poses to follow, a clip of any size; null to leave them free. */
  pose: Frames | null
}

/** A video that is sampled in parts, each of which has to know how the one before came out. */
export interface ClipSequence {
  count: number
  /** What part k is made from. Parts before it are finished. */
  part(k: number, signal: AbortSignal): Promise<{ conditioning: Conditioning; latent: Latent }>
  /** Part k has come out so. */
  finish(k: number, latent: Latent, signal: AbortSignal): Promise<void>
  /** The whole, as far as it is finished. @param part one that is still being made, as it looks. */
  whole(part?: { k: number; latent: Latent }): Latent
}

/** A video to be filled, and what the denoiser is told of it. */
export interface PictureVideo {
  conditioning: Conditioning
  latent: Latent
}

export interface DecodedFrames extends Frames {
  /** What the user should know of how the clip was made. */
  remark?: { code: string; text: string }
}

/** A small picture, moving where the format can, of what a latent in the making is becoming; null where there is none. */
export type DrawPreview = (latent: Latent) => Promise<PreviewPicture | null>

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
  [
    pocketFamily,
    stableDiffusionFamily,
    latentConsistencyFamily,
    wanTextFamily,
    wanPictureFamily,
    wanSmallFamily,
    wanSoundFamily,
  ].map((family) => [family.name, family]),
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
