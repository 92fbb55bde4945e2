import {
  AppError,
  type Conditioning,
  clipFacts,
  defineNode,
  type Latent,
  type LatentStart,
  type ParamMeta,
  type TensorData,
  type ValueFacts,
} from '@beatloom/core'
import { coverCrop } from '@beatloom/media'
import {
  type Aspect,
  AUDIO_FEATURES,
  encodePicture,
  encodeSound,
  FEATURE_RATE,
  type Grid,
  gridFor,
  LATENT_RATE,
  lastMoment,
  latentDims,
  MOTION_STRENGTH,
  matteOfMask,
} from '@beatloom/models'
import { z } from 'zod'
import { audioFeatures } from '../beats/audio-features.ts'
import { megapixels } from '../clip-pixels.ts'
import { requireBeatsOfSound } from '../one-clock.ts'
import { frameSize, latentFrameCount, nearestAspect, type Resolution, referenceSize, tooLong } from './frame-size.ts'

const STEPS = 3

export const songVideo = defineNode({
  type: 'latent.song-video',
  version: 1,
  title: 'Song video latent',
  description:
    'Prepares a clip of the picture that moves with the sound: its size and length, and what the model is told about picture and sound. The clip is as long as the sound, up to 15 seconds.',
  category: 'latent',
  aliases: ['image to video', 'i2v', 'audio reactive', 'music video', 'latent', '图生视频', '音乐视频', '潜空间'],
  phase: 'generate',
  usesDevice: true,
  inputs: {
    image: { type: 'IMAGE', title: 'Picture' },
    audio: { type: 'AUDIO', title: 'Audio' },
    beats: { type: 'BEATS', title: 'Beats' },
    conditioning: { type: 'CONDITIONING', title: 'Prompt' },
    vae: { type: 'VAE', title: 'VAE' },
    audioEncoder: { type: 'AUDIO_ENCODER', title: 'Audio encoder' },
    mask: {
      type: 'MASK',
      title: 'Subject',
      optional: true,
      description:
        'What moves by itself: a mask of the picture, white where the subject is. Without it the model guesses.',
    },
    previous: {
      type: 'LATENT',
      title: 'Shot before',
      optional: true,
      description: 'A finished latent of the same picture: this shot goes on from its last frame.',
    },
  },
  outputs: {
    conditioning: { type: 'CONDITIONING', title: 'Conditioning' },
    latent: { type: 'LATENT', title: 'Latent' },
  },
  params: z.object({
    resolution: z
      .enum(['480p', '720p'])
      .default('720p')
      .describe('720p: 1280×720, 720×1280 or 960×960. 480p: 832×480, 480×832 or 624×624.')
      .meta({ title: 'Resolution' } satisfies ParamMeta),
    aspect: z
      .enum(['auto', '16:9', '9:16', '1:1'])
      .default('auto')
      .describe('Shape of the video; auto takes the one nearest to the picture. What does not fit is cut off evenly.')
      .meta({ title: 'Aspect' } satisfies ParamMeta),
    motion: z
      .enum(['low', 'medium', 'high'])
      .default('medium')
      .describe('How strongly picture and light move.')
      .meta({ title: 'Motion' } satisfies ParamMeta),
    enableMotion: z
      .boolean()
      .default(true)
      .describe('Lets the sound drive the picture. Off: only the words of the prompt do.')
      .meta({ title: 'Move with the sound' } satisfies ParamMeta),
    frameRate: z
      .literal([24, 30])
      .default(30)
      .describe('Frames per second of the video.')
      .meta({ title: 'Frame rate', widget: 'choice', unit: 'fps' } satisfies ParamMeta),
  }),
  facts: ({ image, audio }, params) => ({ latent: songVideoFacts(image, audio, params) }),
  cost({ frameRate }, { audio }, { latent }) {
    const cost = { work: 0.3, memoryBytes: 30e6, diskBytes: 3e6 + 4e6 * (megapixels(latent) ?? 1) }
    const seconds = audio?.durationSeconds
    const refusal = seconds === undefined ? null : tooLong(seconds, frameRate)
    return refusal === null ? cost : { ...cost, refusal }
  },
  async run(
    { image, audio, beats, conditioning, vae, audioEncoder, mask, previous },
    params,
    { models, signal, progress, display },
  ) {
    requirePocket(conditioning.family, vae.family, audioEncoder.family)
    requireBeatsOfSound(beats, audio, params.frameRate)
    const aspect = params.aspect === 'auto' ? nearestAspect(image) : params.aspect
    const size = frameSize(params.resolution, aspect)
    const frameCount = Math.max(1, Math.round(audio.durationSeconds * params.frameRate))
    const frames = latentFrameCount(frameCount, params.frameRate)
    const grid = gridFor(aspect)
    progress(0, STEPS)

    const kept = referenceSize(image, size)
    const reference = await coverCrop(image, kept.width, kept.height)
    if (Math.min(image.width / size.width, image.height / size.height) < 0.75) {
      const text = `The picture has ${image.width}×${image.height} pixels and was enlarged for a ${size.width}×${size.height} video; a larger one would look sharper.`
      display({ kind: 'note', code: 'picture_enlarged', text })
    }
    progress(1, STEPS)
    const picture = await encodePicture(models, vae, reference, grid, signal)
    if (mask) {
      picture.matte = matteOfMask(mask, image, size, grid)
      const isEmpty = !picture.matte.data.some((value) => Number(value) > 0.5)
      if (isEmpty) display({ kind: 'note', code: 'mask_empty', text: 'The mask is empty, so no subject moves.' })
    }
    const start = previous ? await startAfter(previous, size, grid) : null
    progress(2, STEPS)
    const rows = (frames * FEATURE_RATE) / LATENT_RATE
    const features = params.enableMotion ? audioFeatures(beats, rows) : new Float32Array(rows * AUDIO_FEATURES)
    const sound = await encodeSound(models, audioEncoder, features, signal)
    progress(STEPS, STEPS)
    const seconds = frameCount / params.frameRate
    const unheard = (conditioning.later ?? []).filter(({ startSeconds }) => startSeconds >= seconds)
    if (unheard.length > 0) {
      const text = `${unheard.length} of the scheduled prompts begin after the clip has ended, at ${seconds.toFixed(1)} s.`
      display({ kind: 'note', code: 'schedule_beyond_end', text })
    }

    const dims = latentDims(frames, grid)
    const latent: Latent = {
      family: 'pocket',
      tensors: { hidden_states: zeros(dims.hidden_states), camera_states: zeros(dims.camera_states) },
      latentRate: LATENT_RATE,
      video: { ...size, frameRate: params.frameRate, frameCount },
      reference,
      light: params.enableMotion ? beats.envelopes : null,
      beats: params.enableMotion ? { beats: beats.beats, downbeats: beats.downbeats } : null,
      ...(start ? { start } : {}),
    }
    const steered: Conditioning = {
      ...conditioning,
      positive: {
        ...conditioning.positive,
        audio_embeds: sound,
        ...picture,
        motion_strength: { dims: [1], data: Float32Array.of(MOTION_STRENGTH[params.motion]) },
      },
    }
    return { conditioning: steered, latent }
  },
})

interface SongVideoSettings {
  resolution: Resolution
  aspect: Aspect | 'auto'
  frameRate: number
}

/** The clip that the latent will be decoded to. */
function songVideoFacts(
  image: ValueFacts | undefined,
  audio: ValueFacts | undefined,
  { resolution, aspect, frameRate }: SongVideoSettings,
): ValueFacts {
  const hasSize = image?.width !== undefined && image.height !== undefined
  const auto = hasSize ? nearestAspect({ width: image.width as number, height: image.height as number }) : null
  const shape = aspect === 'auto' ? auto : aspect
  return clipFacts({
    ...(shape ? frameSize(resolution, shape) : {}),
    frameRate,
    ...(audio?.durationSeconds === undefined ? {} : { durationSeconds: audio.durationSeconds }),
  })
}

function requirePocket(...families: string[]): void {
  const other = families.find((family) => family !== 'pocket')
  if (other === undefined) return
  throw new AppError(
    'input_invalid',
    `Song video latent works with the pocket model; one of its inputs comes from a model of the kind "${other}".`,
  )
}

/** Where the shot before ended. @throws {AppError} `input_invalid` when it has another shape, so that nothing would fit. */
async function startAfter(
  previous: Latent,
  size: { width: number; height: number },
  { rows, columns }: Grid,
): Promise<LatentStart> {
  requirePocket(previous.family)
  const start = await lastMoment(previous)
  const { width, height } = previous.video
  if (start.rows === rows && start.columns === columns && width * size.height === height * size.width) return start
  throw new AppError(
    'input_invalid',
    `The shot before is ${width}×${height}, this one ${size.width}×${size.height}: give both the same aspect.`,
  )
}

function zeros(dims: number[]): TensorData {
  return { dims, data: new Float32Array(dims.reduce((product, dim) => product * dim, 1)) }
}
