import type { Conditioning, Latent } from '@beatloom/core'
import { stretch } from '../../frame-tensors.ts'
import { clipsOfRows } from './audio-features.ts'
import { LEAD_FRAMES, latentFramesOf } from './clip-plan.ts'
import { SOUND_ROWS } from './speech-clips.ts'

/** What "Frames per clip" offers for less memory. */
const FEWER_FRAMES = 48

/**
 * The same video in clips of 48 frames, as `clipPlan` would have planned it; null where they are as short already, or
 * follow poses, which were encoded clip by clip.
 */
export function shorterClips({ positive }: Conditioning, latent: Latent): Latent | null {
  const { clips, tensors, video } = latent
  const sound = positive[SOUND_ROWS]
  if (!clips || !sound || clips.framesPerClip <= FEWER_FRAMES || positive['pose_latents']) return null
  const lost = clips.startsFromPicture ? 0 : LEAD_FRAMES
  const inSound = clipsOfRows(sound.dims[1]!, FEWER_FRAMES)
  const count = Math.min(inSound, Math.ceil((video.frameCount + lost - clips.leadFrames) / FEWER_FRAMES))
  const made = count * FEWER_FRAMES - lost + clips.leadFrames
  const [, channels, , rows, columns] = tensors['hidden_states']!.dims as [number, number, number, number, number]
  return {
    ...latent,
    tensors: { hidden_states: stretch(channels, count * latentFramesOf(FEWER_FRAMES), rows, columns) },
    video: { ...video, frameCount: Math.min(video.frameCount, made) },
    clips: { ...clips, count, framesPerClip: FEWER_FRAMES },
  }
}
