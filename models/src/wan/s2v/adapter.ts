import type { Conditioning, Latent, ModelHost, TensorData } from '@beatloom/core'
import { coverCrop } from '@beatloom/media'
import type { PictureVideo, PipelineFamily, SoundRequest } from '../../families.ts'
import { planesOf } from '../../picture-planes.ts'
import { wanCommon, wanVelocity } from '../common.ts'
import { pictureLatent } from '../conditions.ts'
import { WAN } from '../contract.ts'
import { decodeSegments } from '../vae/decode-video.ts'
import { clipPlan, latentFramesOf } from './clip-plan.ts'
import { encodeAudio } from './encode-audio.ts'
import { firstMotion } from './motion-buffer.ts'
import { poseLatents } from './pose-latents.ts'
import { shorterClips } from './shorter-clips.ts'
import { encodedMotion, SOUND_ROWS, START_MOTION, speechClips, speechSegments } from './speech-clips.ts'

const { channels, frameRate, pixels } = WAN['wan-s2v']

/** Wan2.2 S2V-14B: a picture that speaks, sings or moves with a sound, clip after clip for as long as the sound lasts. */
export const wanSoundFamily: PipelineFamily = {
  ...wanCommon('wan-s2v', ['transformer', 'audio_encoder', 'vae_encoder']),
  conditions: ['encoder_hidden_states', 'image_latents', SOUND_ROWS],
  predict: (host, expert, latent, conditioning, timestep, signal) =>
    wanVelocity(host, expert, latent, conditioning, { dims: [1], data: Float32Array.of(timestep) }, signal),
  soundVideo,
  clips: speechClips,
  shorterClips,
  decode(host, vae, latent, options = {}) {
    return decodeSegments(host, vae, speechSegments(latent), latent.video, pixels, options)
  },
}

/**
 * The picture covers the frame, as elsewhere here; Wan's own code leaves black strips where rounding made the frame
 * longer than the picture.
 */
async function soundVideo(host: ModelHost, request: SoundRequest, signal: AbortSignal): Promise<PictureVideo> {
  const { vae, audioEncoder, picture, samples, seconds, area, framesPerClip, startsFromPicture, strength } = request
  const { width, height } = wanSoundFamily.video!.sizeFor(picture, area)
  const plan = clipPlan({ samples: samples.length, seconds, framesPerClip, startFromReference: startsFromPicture })
  const image = await coverCrop(picture, width, height)
  const heard = await encodeAudio(host, audioEncoder, samples, signal)
  const sound: TensorData = {
    dims: [heard.layers, heard.rows, heard.width],
    data: strength === 1 ? heard.data : heard.data.map((value) => value * strength),
  }
  const positive: Conditioning['positive'] = {
    ...request.conditioning.positive,
    image_latents: await pictureLatent(host, vae, image, signal),
    [SOUND_ROWS]: sound,
  }
  if (startsFromPicture) {
    const grey = new Float32Array(3 * width * height)
    const { frames } = firstMotion(grey, planesOf(image))
    positive[START_MOTION] = await encodedMotion(host, { vae }, frames, { width, height }, signal)
  }
  if (request.pose) {
    const size = { width, height, clips: plan.clips, framesPerClip }
    positive['pose_latents'] = await poseLatents(host, vae, request.pose, size, signal)
  }
  const dims = [1, channels, plan.clips * latentFramesOf(framesPerClip), height / pixels, width / pixels]
  const latent: Latent = {
    family: 'wan-s2v',
    tensors: { hidden_states: { dims, data: new Float32Array(dims.reduce((product, dim) => product * dim, 1)) } },
    latentRate: frameRate / 4,
    video: { width, height, frameRate, frameCount: plan.frameCount },
    reference: null,
    light: null,
    clips: { count: plan.clips, framesPerClip, leadFrames: plan.leadFrames, startsFromPicture, vae },
  }
  return { conditioning: { ...request.conditioning, positive }, latent }
}
