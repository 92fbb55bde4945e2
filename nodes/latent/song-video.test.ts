import type { Beats, ComponentRef, Image, Latent, Mask, ModelHost, TensorData } from '@beatloom/core'
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

async function encode(
  params: Record<string, unknown>,
  image = picture(1600, 900),
  seconds = 8,
  more: { mask?: Mask; previous?: Latent; later?: number[] } = {},
) {
  const { mask, previous, later = [] } = more
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
      later: later.map((startSeconds) => ({ startSeconds, positive: {}, negative: {} })),
    },
    vae: { family: 'pocket', encoder: component('image_encoder'), decoder: component('vae_decoder') },
    audioEncoder: { family: 'pocket', component: component('audio_encoder') },
    ...(mask ? { mask } : {}),
    ...(previous ? { previous } : {}),
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
    // All of the picture's own pixels: they are fewer than 1.5 times the frame's.
    expect(latent.reference).toMatchObject({ width: 1600, height: 900 })
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

describe('latent.song-video with a mask', () => {
  /** White in the left part of the picture. */
  const leftPart = (width: number, height: number, share: number): Mask => ({
    width,
    height,
    data: Uint8Array.from({ length: width * height }, (_, i) => ((i % width) + 0.5 < share * width ? 255 : 0)),
  })
  const matteOf = ({ conditioning }: Awaited<ReturnType<typeof encode>>) =>
    (conditioning.positive as unknown as Record<string, TensorData>)['matte']!

  it.each([
    ['of the picture’s size', 1600, 900],
    ['of another size', 320, 90],
  ])('takes one %s in the place of the model’s matte', async (_name, width, height) => {
    const matte = matteOf(await encode({}, picture(1600, 900), 3, { mask: leftPart(width, height, 0.5) }))
    expect(matte.dims).toEqual([1, 16, 28])
    const row = [...(matte.data as Float32Array).slice(0, 28)].map((value) => Math.round(value * 100) / 100)
    expect(row).toEqual(Array.from({ length: 28 }, (_, j) => (j < 14 ? 1 : 0)))
  })

  it('cuts it as the picture is cut', async () => {
    // A square of a 2:1 picture is its middle half; the left half of the picture fills the left half of that.
    const matte = matteOf(await encode({ aspect: '1:1' }, picture(400, 200), 3, { mask: leftPart(400, 200, 0.375) }))
    const row = [...(matte.data as Float32Array).slice(0, 21)]
    // The middle half begins at .25 of the width, so .375 is a quarter of the frame: 5.25 cells.
    expect(row.slice(0, 5)).toEqual([1, 1, 1, 1, 1])
    expect(row[5]).toBeCloseTo(0.25, 1)
    expect(row.slice(6).every((value) => value === 0)).toBe(true)
  })

  it('says so when it is empty', async () => {
    const { display } = await encode({}, picture(1280, 720), 3, { mask: leftPart(64, 36, 0) })
    expect(display).toMatchObject([{ kind: 'note', code: 'mask_empty' }])
  })
})

describe('latent.song-video in a row of shots', () => {
  it('goes on from the last frame of the shot before', async () => {
    const previous = (await encode({})).latent
    const frames = previous.tensors['camera_states']!.dims[1]!
    for (let t = 0; t < frames; t++) previous.tensors['camera_states']!.data[4 * t + 2] = (3 * t) / (frames - 1)
    const { latent } = await encode({}, picture(1600, 900), 3, { previous })
    // The last of 240 frames lies at 7.967 s of latents that reach to 8.1 s: 3 × .05 × 7.967 / 8.1.
    expect(latent.start?.camera[2]).toBeCloseTo(0.1475, 3)
    expect(latent.start?.fit).toMatchObject({ pictureWidth: 1, originX: 0 })
    expect((await encode({})).latent.start).toBeUndefined()
  })

  it('refuses a shot of another shape', async () => {
    const previous = (await encode({ aspect: '1:1' })).latent
    await expect(encode({}, picture(1600, 900), 3, { previous })).rejects.toThrowError(
      'The shot before is 960×960, this one 1280×720: give both the same aspect.',
    )
  })

  it('says so when scheduled words begin after the end', async () => {
    const { display } = await encode({}, picture(1280, 720), 4, { later: [2, 4, 9] })
    expect(display).toMatchObject([{ kind: 'note', code: 'schedule_beyond_end', text: expect.stringMatching(/^2 of/) }])
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

  it('keep the picture’s own pixels up to 1.5 times, in the frame’s exact aspect', () => {
    expect(referenceSize({ width: 1344, height: 3000 }, { width: 1280, height: 720 })).toEqual({
      width: 1344,
      height: 756,
    })
    expect(referenceSize({ width: 100, height: 100 }, { width: 624, height: 624 })).toEqual({ width: 624, height: 624 })
    expect(referenceSize({ width: 9000, height: 9000 }, { width: 624, height: 624 })).toEqual({
      width: 936,
      height: 936,
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
