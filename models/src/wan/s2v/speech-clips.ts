import {
  AppError,
  type Conditioning,
  type Latent,
  type LatentClips,
  type ModelHost,
  type TensorData,
} from '@beatloom/core'
import type { ClipSequence } from '../../families.ts'
import { framesOf, joined, place, stretch } from '../../frame-tensors.ts'
import { WAN } from '../contract.ts'
import { endPlanes } from '../vae/decode-end.ts'
import type { Segment } from '../vae/decode-video.ts'
import { encodeClip } from '../vae/encode-clip.ts'
import { vaeFactsOf } from '../vae/vae-facts.ts'
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
    whole(part): Latent {
      if (!part) return { ...latent, tensors: { hidden_states: done, [BEFORE]: before } }
      const shown = { dims: done.dims, data: done.data.slice() }
      place(shown, part.latent.tensors['hidden_states']!, part.k * frames)
      return { ...latent, tensors: { hidden_states: shown } }
    },
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
function endOf(
  host: ModelHost,
  clips: LatentClips,
  shown: TensorData,
  sampled: TensorData,
  k: number,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const { dims, data } = joined(shown, sampled)
  const [, channels, count, rows, columns] = dims as [number, number, number, number, number]
  const decoded = 1 + 4 * (count - 1)
  const [from] = keptFrames(decoded, clips.framesPerClip, isDropped(clips, k))
  const hidden = Math.max(from, decoded - MOTION_FRAMES)
  const segment = { dims: [channels, count, rows, columns] as const, data, hidden, repeated: 0 }
  return endPlanes(host, clips.vae, segment, pixels, signal)
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
