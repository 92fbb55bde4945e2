import { AppError, type AudioClip, defineNode, type ParamMeta } from '@beatloom/core'
import { readPcm } from '@beatloom/media'
import { familyOf } from '@beatloom/models'
import { z } from 'zod'
import { refuseForOtherNode } from './latent-source.ts'

/** Samples per second that the audio encoder hears. */
const HEARD_RATE = 16_000

const STRENGTH = { off: 0, low: 0.75, medium: 1, high: 1.25 } as const

export const soundVideo = defineNode({
  type: 'latent.sound-video',
  version: 1,
  title: 'Sound to video latent',
  description:
    'Prepares a video in which a picture speaks, sings or moves with a sound, as long as the sound is. It is made clip by clip, each going on from the one before.',
  category: 'latent',
  aliases: [
    'WanSoundImageToVideo',
    's2v',
    'speech to video',
    'lip sync',
    'talking',
    'singing',
    '声音生视频',
    '口型同步',
  ],
  phase: 'generate',
  usesDevice: true,
  inputs: {
    image: { type: 'IMAGE', title: 'Picture' },
    audio: { type: 'AUDIO', title: 'Audio' },
    conditioning: { type: 'CONDITIONING', title: 'Prompt' },
    vae: { type: 'VAE', title: 'VAE' },
    audioEncoder: { type: 'AUDIO_ENCODER', title: 'Audio encoder' },
    pose: {
      type: 'FRAMES',
      title: 'Poses',
      optional: true,
      description: 'A clip of drawn poses to follow, from its start; where it has ended, poses are free.',
    },
  },
  outputs: {
    conditioning: { type: 'CONDITIONING', title: 'Conditioning' },
    latent: { type: 'LATENT', title: 'Latent' },
  },
  params: z.object({
    resolution: z
      .enum(['480p', '720p'])
      .default('480p')
      .describe('How many pixels a frame has: at most 832×480 or 1280×720, in the picture’s shape.')
      .meta({ title: 'Resolution' } satisfies ParamMeta),
    motion: z
      .enum(['off', 'low', 'medium', 'high'])
      .default('medium')
      .describe('How strongly the sound moves the picture; medium is as the model was taught.')
      .meta({ title: 'Motion' } satisfies ParamMeta),
    startsFromPicture: z
      .boolean()
      .default(false)
      .describe('The video begins with this very picture. Off: it shows what the picture shows.')
      .meta({ title: 'Start with the picture' } satisfies ParamMeta),
    clipFrames: z
      .literal([48, 80])
      .default(80)
      .describe('Frames that are made at once; 48 takes less memory.')
      .meta({ title: 'Frames per clip', widget: 'choice', advanced: true } satisfies ParamMeta),
  }),
  facts: ({ audio }) => ({
    latent:
      audio?.durationSeconds === undefined ? undefined : { frameRate: 16, durationSeconds: audio.durationSeconds },
  }),
  async run({ image, audio, conditioning, vae, audioEncoder, pose }, params, { models, signal }) {
    const family = familyOf(vae.family)
    if (!family.soundVideo) refuseForOtherNode(family)
    for (const { family: other } of [conditioning, audioEncoder]) {
      if (other === vae.family) continue
      throw new AppError(
        'input_invalid',
        `All parts have to come from one kind of model; here are "${vae.family}" and "${other}".`,
      )
    }
    const request = {
      ...{ vae, audioEncoder, conditioning, picture: image, pose: pose ?? null },
      samples: await samplesOf(audio, signal),
      seconds: audio.durationSeconds,
      area: params.resolution,
      framesPerClip: params.clipFrames,
      startsFromPicture: params.startsFromPicture,
      strength: STRENGTH[params.motion],
    }
    return family.soundVideo(models, request, signal)
  },
})

/** The whole sound as one channel. */
async function samplesOf(audio: AudioClip, signal: AbortSignal): Promise<Float32Array> {
  const samples = new Float32Array(Math.round(audio.durationSeconds * HEARD_RATE))
  let at = 0
  for await (const chunk of readPcm(audio, { sampleRate: HEARD_RATE, channels: 1 }, signal)) {
    samples.set(chunk, at)
    at += chunk.length
  }
  return samples
}
