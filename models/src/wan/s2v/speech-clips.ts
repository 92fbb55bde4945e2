import {
  AppError,
  type Conditioning,
  type Latent,
  type LatentClips,
  type ModelHost,
  type TensorData,
} from '@beatloom/core'
import type { ClipSequence } from '../../families.ts'
import { WAN } from '../contract.ts'
import { decodePart } from '../vae/decode-clip.ts'
import type { Segment } from '../vae/decode-video.ts'
import { encodeClip } from '../vae/encode-clip.ts'
import { denormalised, vaeFactsOf } from '../vae/vae-facts.ts'
import { clipAudio } from './audio-features.ts'
import { latentFramesOf, MOTION_FRAMES, MOTION_LATENTS } from './clip-plan.ts'
import { firstMotion, keptFrames, nextMotion } from './motion-buffer.ts'

/** Names of what the whole video is told, of which each clip gets its part. */
export const SOUND_ROWS = 'sound_rows'
export const START_MOTION = 'start_motion'
/** Beside `hidden_states`: what is decoded before each clip, a stretch of 19 latent frames for each. */
export const BEFORE = 'before'

const { pixels } = WAN['wan-s2v']

/**
 * The clips of a speech video: each is told the sound of its time and the 73 frames before it (`wan/speech2video.py`).
 * @param conditioning of the whole video, as `soundVideo` makes it.
 */
export function speechClips(host: ModelHost, conditioning: Conditioning, latent: Latent): ClipSequence {
  const { clips, tensors, video } = latent
  if (!clips) throw new AppError('input_invalid', 'The latent was not made for sound.')
  const { [SOUND_ROWS]: sound, [START_MOTION]: start, pose_latents: pose, ...given } = conditioning.positive
  const [layers, rows, width] = sound!.dims as [number, number, number]
  const features = { layers, rows, width, data: sound!.data as Float32Array }
  const frames = latentFramesOf(clips.framesPerClip)
  const [, channels, , down, across] = tensors['hidden_states']!.dims as [number, number, number, number, number]
  const dims = [1, channels, frames, down, across]
  const done = stretch(channels, clips.count * frames, down, across)
  const before = stretch(channels, clips.count * MOTION_LATENTS, down, across)
  const grey = new Float32Array(3 * video.width * video.height)
  let motion: readonly Float32Array[] = firstMotion<Float32Array>(grey).frames
  let told: TensorData = start ?? stretch(channels, MOTION_LATENTS, down, across)

  return {
    count: clips.count,
    async part(k, signal) {
      if (k > 0) told = await encodedMotion(host, clips, motion, video, signal)
      const audio = clipAudio(features, k, clips.framesPerClip)
      const dropped = isDropped(clips, k)
      const positive = {
        ...given,
        audio_embeds: audio,
        motion_latents: told,
        pose_latents: pose ? framesOf(pose, k * frames, frames) : stretch(channels, frames, down, across),
        drop_motion_frames: { dims: [], data: Uint8Array.of(dropped ? 1 : 0) },
      }
      const silence = { dims: audio.dims, data: new Float32Array(audio.data.length) }
      return {
        conditioning: { ...conditioning, positive, negative: { ...conditioning.negative, audio_embeds: silence } },
        latent: {
          ...latent,
          tensors: { hidden_states: { dims, data: new Float32Array(channels * frames * down * across) } },
        },
      }
    },
    async finish(k, { tensors: { hidden_states: sampled } }, signal) {
      place(done, sampled!, k * frames)
      const shown = isDropped(clips, k) ? given['image_latents']! : told
      place(before, shown, k * MOTION_LATENTS)
      if (k + 1 < clips.count) motion = nextMotion(motion, await endOf(host, clips, shown, sampled!, k, signal))
    },
    whole: () => ({ ...latent, tensors: { hidden_states: done, [BEFORE]: before } }),
  }
}

/** What is decoded for each clip, and which frames of it are the clip's own. */
export function speechSegments({ clips, tensors }: Latent): Segment[] {
  const { hidden_states: done, [BEFORE]: before } = tensors
  if (!clips || !done || !before) throw new AppError('input_invalid', 'The latent has not been sampled yet.')
  const frames = latentFramesOf(clips.framesPerClip)
  return Array.from({ length: clips.count }, (_, k) => {
    const dropped = isDropped(clips, k)
    const shown = framesOf(before, k * MOTION_LATENTS, dropped ? 1 : MOTION_LATENTS)
    const { dims, data } = joined(shown, framesOf(done, k * frames, frames))
    const [hidden] = keptFrames(1 + 4 * (dims[2]! - 1), clips.framesPerClip, dropped)
    const [channels, count, rows, columns] = [dims[1]!, dims[2]!, dims[3]!, dims[4]!]
    return { dims: [channels, count, rows, columns], data, hidden, repeated: k === 0 ? clips.leadFrames : 0 }
  })
}

const isDropped = ({ startsFromPicture }: LatentClips, k: number): boolean => k === 0 && !startsFromPicture

/** The frames that a finished clip adds to the video, as planes of −1 … 1: its newest 73. */
async function endOf(
  host: ModelHost,
  clips: LatentClips,
  shown: TensorData,
  sampled: TensorData,
  k: number,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const { dims, data } = joined(shown, sampled)
  const [, channels, count, rows, columns] = dims as [number, number, number, number, number]
  const facts = await vaeFactsOf(clips.vae.decoder, channels)
  const clip = { dims: [channels, count, rows, columns] as const, data: denormalised(data, facts) }
  const decoder = { component: clips.vae.decoder, facts, scale: pixels }
  const [from] = keptFrames(1 + 4 * (count - 1), clips.framesPerClip, isDropped(clips, k))
  const whole = [
    { from: 0, to: rows },
    { from: 0, to: columns },
  ] as const
  const kept: Float32Array[] = []
  let at = 0
  for await (const run of decodePart(host, decoder, clip, ...whole, signal, 'sample')) {
    for (let frame = 0; frame < run.frames; frame++) {
      if (at++ < from) continue
      kept.push(run.planes(frame))
      if (kept.length > MOTION_FRAMES) kept.shift()
    }
  }
  return kept
}

/** 73 frames as the VAE encodes them: `[1, 16, 19, rows, columns]`. */
export async function encodedMotion(
  host: ModelHost,
  { vae: { encoder } }: Pick<LatentClips, 'vae'>,
  motion: readonly Float32Array[],
  { width, height }: { width: number; height: number },
  signal: AbortSignal,
): Promise<TensorData> {
  if (!encoder) throw new AppError('model_missing', 'The model has no vae_encoder, so it cannot read a picture.')
  const facts = await vaeFactsOf(encoder, WAN['wan-s2v'].channels)
  const clip = { count: motion.length, width, height, frame: (index: number) => motion[index]! }
  return encodeClip(host, { component: encoder, facts, scale: pixels }, clip, signal)
}

/** An empty `[1, channels, frames, rows, columns]`. */
function stretch(channels: number, frames: number, rows: number, columns: number) {
  return { dims: [1, channels, frames, rows, columns], data: new Float32Array(channels * frames * rows * columns) }
}

/** Puts some frames into others from a frame on; what goes beyond the end is left out. */
function place(whole: TensorData, part: TensorData, from: number): void {
  const [, channels, frames, rows, columns] = whole.dims as [number, number, number, number, number]
  const count = Math.min(part.dims[2]!, frames - from)
  const plane = rows * columns
  const values = part.data as Float32Array
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * part.dims[2]! * plane
    const target = whole.data as Float32Array
    target.set(values.subarray(start, start + count * plane), (channel * frames + from) * plane)
  }
}

/** Some frames of a clip, zeros beyond its end. */
function framesOf(whole: TensorData, from: number, count: number): { dims: number[]; data: Float32Array } {
  const [, channels, frames, rows, columns] = whole.dims as [number, number, number, number, number]
  const part = stretch(channels, count, rows, columns)
  const plane = rows * columns
  const there = Math.max(0, Math.min(count, frames - from))
  for (let channel = 0; channel < channels; channel++) {
    const start = (channel * frames + from) * plane
    part.data.set((whole.data as Float32Array).subarray(start, start + there * plane), channel * count * plane)
  }
  return part
}

/** One clip behind the other. */
function joined(first: TensorData, second: TensorData): { dims: number[]; data: Float32Array } {
  const [, channels, , rows, columns] = first.dims as [number, number, number, number, number]
  const both = stretch(channels, first.dims[2]! + second.dims[2]!, rows, columns)
  place(both, first, 0)
  place(both, second, first.dims[2]!)
  return both
}
