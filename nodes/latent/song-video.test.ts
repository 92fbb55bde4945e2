import type { Beats, ComponentRef, Image, Latent, ModelHost, TensorData } from '@beatloom/core'
import { runNode, testHost } from '@beatloom/core/testing'
import { describe, expect, it } from 'vitest'
import { frameSize, latentFrameCount, nearestAspect, referenceSize } from './frame-size.ts'
import { songVideo } from './song-video.ts'

const component = (name: string): ComponentRef => ({
  folder: '/models/pocket',
  component: name,
  sha256: '0'.repeat(64),
})

/** Answers with the shapes of the pocket model and keeps what it was asked. */
function pocketHost() {
  const asked: Record<string, Record<string, TensorData>> = {}
  const run: ModelHost['run'] = async (part, inputs): Promise<Record<string, TensorData>> => {
    asked[part.component] = inputs
    const zeros = (...dims: number[]): TensorData => ({ dims, data: new Float32Array(dims.reduce((a, b) => a * b, 1)) })
    if (part.component === 'audio_encoder')
      return { last_hidden_state: zeros(1, inputs['input_values']!.dims[1]! / 6, 256) }
    const [, , height = 0, width = 0] = inputs['pixel_values']!.dims
    return { image_embeds: zeros(1, (height * width) / 64, 256), matte: zeros(1, height / 4, width / 4) }
  }
  return { asked, models: { ...testHost().models, run } }
}

function picture(width: number, height: number): Image {
  return { width, height, channels: 3, data: new Uint8Array(width * height * 3).fill(90) }
}

function beatsOf(seconds: number): Beats {
  const envelope = new Float32Array(Math.ceil(seconds * 100)).fill(0.5)
  return {
    durationSeconds: seconds,
    beats: [0, 0.5, 1, 1.5],
    downbeats: [0],
    tempoBpm: 120,
    meter: 4,
    confidence: 1,
    tempoCandidates: [],
    envelopes: { rate: 100, onset: envelope, bass: envelope, mid: envelope, high: envelope, loudness: envelope },
  }
}

async function encode(params: Record<string, unknown>, image = picture(1600, 900), seconds = 8) {
  const host = pocketHost()
  const file = { path: '/song.mp3', sha256: '0'.repeat(64), name: 'song.mp3' }
  const inputs = {
    image,
    audio: { file, startSeconds: 0, durationSeconds: seconds, soundSeconds: seconds, sampleRate: 44100, channels: 2 },
    beats: beatsOf(seconds),
    conditioning: {
      family: 'pocket',
      positive: { encoder_hidden_states: { dims: [1], data: Float32Array.of(3) } },
      negative: { encoder_hidden_states: { dims: [1], data: Float32Array.of(4) } },
    },
    vae: { family: 'pocket', encoder: component('image_encoder'), decoder: component('vae_decoder') },
    audioEncoder: { family: 'pocket', component: component('audio_encoder') },
  }
  const result = await runNode(songVideo, inputs, params, { models: host.models })
  return {
    ...result,
    latent: result.latent as Latent,
    conditioning: result.conditioning as typeof inputs.conditioning,
    asked: host.asked,
  }
}

describe('latent.song-video', () => {
  it('makes an empty latent of the clip’s length and shape, with picture, sound and beats to draw from', async () => {
    const { latent } = await encode({})
    expect(latent.video).toEqual({ width: 1280, height: 720, frameRate: 30, frameCount: 240 })
    expect(latent.tensors['hidden_states']!.dims).toEqual([1, 82, 7, 16, 28])
    expect(latent.tensors['camera_states']!.dims).toEqual([1, 82, 4])
    expect(latent).toMatchObject({ family: 'pocket', latentRate: 10, light: { rate: 100 }, beats: { downbeats: [0] } })
    // 1.12 × 1280 is 1433.6; the largest multiple of 16:9 units below is 89 × 16.
    expect(latent.reference).toMatchObject({ width: 1424, height: 801 })
  })

  it('tells the model about picture, sound and strength, beside the prompt', async () => {
    const { conditioning, asked } = await encode({ motion: 'high' })
    expect(Object.keys(conditioning.positive).sort()).toEqual(
      ['audio_embeds', 'encoder_hidden_states', 'image_embeds', 'matte', 'motion_strength'].sort(),
    )
    expect(conditioning.positive).toMatchObject({ motion_strength: { dims: [1], data: Float32Array.of(1.6) } })
    expect(conditioning.negative).toEqual({ encoder_hidden_states: { dims: [1], data: Float32Array.of(4) } })
    expect(asked['image_encoder']!['pixel_values']!.dims).toEqual([1, 3, 64, 112])
    expect(asked['audio_encoder']!['input_values']!.dims).toEqual([1, 246, 7])
    expect(asked['audio_encoder']!['input_values']!.data[7 * 30 + 1]).toBeCloseTo(0.5)
  })

  it('keeps the sound from the model and from the light when motion is switched off', async () => {
    const { latent, asked } = await encode({ enableMotion: false })
    expect(asked['audio_encoder']!['input_values']!.data.every((value) => value === 0)).toBe(true)
    expect([latent.light, latent.beats]).toEqual([null, null])
  })

  it('takes the shape nearest to the picture, and the frame rate asked for', async () => {
    const { latent } = await encode({ resolution: '480p', frameRate: 24 }, picture(600, 1000), 3.5)
    expect(latent.video).toEqual({ width: 480, height: 832, frameRate: 24, frameCount: 84 })
    expect(latent.tensors['hidden_states']!.dims).toEqual([1, 36, 7, 28, 16])
  })

  it('says so when a small picture has to be enlarged', async () => {
    expect((await encode({}, picture(640, 360))).display).toMatchObject([{ kind: 'note', code: 'picture_enlarged' }])
    expect((await encode({}, picture(1280, 720))).display).toEqual([])
  })

  it('refuses more than 15 seconds, naming the limit', async () => {
    await expect(encode({}, picture(1280, 720), 15.5)).rejects.toThrowError(/15\.5 s long.*up to 15 s/)
  })
})

describe('sizes', () => {
  it('are the six that are promised', () => {
    expect(frameSize('720p', '1:1')).toEqual({ width: 960, height: 960 })
    expect(frameSize('480p', '16:9')).toEqual({ width: 832, height: 480 })
    expect(frameSize('480p', '1:1')).toEqual({ width: 624, height: 624 })
  })

  it('go to the aspect nearest by the logarithm: between 1:1 and 16:9 the border is 4:3', () => {
    expect(nearestAspect({ width: 1334, height: 1000 })).toBe('16:9')
    expect(nearestAspect({ width: 1333, height: 1000 })).toBe('1:1')
    expect(nearestAspect({ width: 749, height: 1000 })).toBe('9:16')
  })

  it('keep the picture’s own pixels up to 1.12 times, in the frame’s exact aspect', () => {
    expect(referenceSize({ width: 1344, height: 3000 }, { width: 1280, height: 720 })).toEqual({
      width: 1344,
      height: 756,
    })
    expect(referenceSize({ width: 100, height: 100 }, { width: 624, height: 624 })).toEqual({ width: 624, height: 624 })
    expect(referenceSize({ width: 9000, height: 9000 }, { width: 624, height: 624 })).toEqual({
      width: 698,
      height: 698,
    })
  })

  it('cover every frame with an even number of latents, 30 to 150', () => {
    // 8 s at 30: the last frame is at 7.967 s, between latents 79 and 80, so 81 are needed.
    expect(latentFrameCount(240, 30)).toBe(82)
    expect(latentFrameCount(90, 30)).toBe(32)
    expect(latentFrameCount(30, 30)).toBe(30)
    expect(latentFrameCount(450, 30)).toBe(150)
    expect(latentFrameCount(360, 24)).toBe(150)
  })
})
