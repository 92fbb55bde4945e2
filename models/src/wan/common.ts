import type { ComponentRef, InstalledModel, ModelHost, TensorData } from '@beatloom/core'
import { componentOf } from '../component-of.ts'
import type { LoadedModel, PipelineFamily, VideoFormat } from '../families.ts'
import { outputNamed } from '../host/tensor-io.ts'
import { CONVERTED_SHIFT, WAN, type WanFacts, type WanKind, wholeFrames } from './contract.ts'
import { openPreview } from './preview.ts'
import { sizeWithinArea } from './s2v/picture-size.ts'
import { areaOf, sizeFor } from './sizes.ts'
import { encodePrompt } from './text.ts'
import { decodeVideo } from './vae/decode-video.ts'

/** What all kinds of Wan2.2 have in common. @param parts components that this kind needs besides. */
export function wanCommon(kind: WanKind, parts: string[]) {
  return {
    name: kind,
    requires: ['text_encoder', 'tokenizer', 'vae_decoder', ...parts],
    conditions: ['encoder_hidden_states'],
    guidance: 'two calls',
    sampler: () => 'unipc',
    load: (model, provider) => load(WAN[kind], model, provider),
    encodePrompt,
    decode: decodeVideo,
    openPreview,
    video: formatOf(WAN[kind]),
  } satisfies Omit<PipelineFamily, 'predict'>
}

function formatOf(facts: WanFacts): VideoFormat {
  return {
    frameRate: facts.frameRate,
    seconds: facts.seconds,
    multiple: facts.multiple,
    wholeFrames,
    sizeFor: (picture, area) =>
      facts.kind === 'wan-s2v'
        ? sizeWithinArea(picture.width, picture.height, areaOf(facts, area))
        : sizeFor(facts, picture, areaOf(facts, area)),
  }
}

function load(facts: WanFacts, model: InstalledModel, provider: ComponentRef['provider']): LoadedModel {
  const part = (name: string) => componentOf(model, name, provider)
  const family = facts.kind
  const flag = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null)
  const scheduled = flag(model.scheduler['flow_shift'] ?? model.scheduler['shift'])
  const shift = flag(model.index['flow_shift']) ?? (scheduled === CONVERTED_SHIFT ? null : scheduled) ?? facts.shift
  const boundary = flag(model.index['boundary_ratio']) ?? facts.boundary
  const expert = (name: string, guidance: number) => ({
    family,
    experts: [{ component: part(name), guidance }],
    boundary: facts.boundary === null ? null : boundary,
    boundaryStep: null,
    shift,
    decoder: part('vae_decoder'),
  })
  const [high, low] = facts.guidance
  const first = expert('transformer', flag(model.index['guidance_high']) ?? high)
  const second = facts.boundary === null ? first : expert('transformer_2', flag(model.index['guidance_low']) ?? low)
  return {
    high: first,
    low: second,
    vae: {
      family,
      encoder: model.components['vae_encoder'] ? part('vae_encoder') : null,
      decoder: part('vae_decoder'),
    },
    textEncoder: { family, component: part('text_encoder'), tokenizer: part('tokenizer') },
    audioEncoder: model.components['audio_encoder'] ? { family, component: part('audio_encoder') } : null,
  }
}

/** One call of the network: the velocity from noise to picture. */
export async function wanVelocity(
  host: ModelHost,
  expert: ComponentRef,
  latent: Record<string, TensorData>,
  conditioning: Record<string, TensorData>,
  timestep: TensorData,
  signal: AbortSignal,
): Promise<Record<string, TensorData>> {
  const outputs = await host.run(expert, { ...latent, ...conditioning, timestep }, signal)
  return { hidden_states: outputNamed(outputs, 'out_hidden_states') }
}
