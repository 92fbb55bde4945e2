import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError, type Frames, type Image, type ModelHost } from '@beatloom/core'
import { afterAll, expect, it } from 'vitest'
import { denoise } from '../../denoise.ts'
import { familyOf } from '../../families.ts'
import { makeTinyWan } from '../../testing/model-folders.ts'
import { fixtureHost, fixturesFolder } from '../../testing/pocket-inputs.ts'
import { BEFORE } from './speech-clips.ts'

interface SpeechRun {
  prompt: string
  negative: string
  width: number
  height: number
  framesPerClip: number
  steps: number
  shift: number
  guidance: number
  seed: number
  fromReference: boolean
  /** Frames of the pose video; 0 for none. */
  poseFrames: number
  /** Of the flattened values every n-th is listed; of pictures every n-th row and column. */
  stride: number
  motionStride: number
  pictureStride: number
  clips: { motion: number[]; latents: number[]; frames: number; pictures: number[] }[]
}

interface Reference {
  audio: { samples: number; shape: number[]; rowStride: number; hidden: number[]; framesPerClip: number }
  runs: SpeechRun[]
}

/** What Wan's own code computed with the same random weights (`models/export/tiny_wan_s2v_run.py`). */
const reference = JSON.parse(await readFile(join(fixturesFolder, 'tiny-wan-s2v/reference.json'), 'utf8')) as Reference

const models = await mkdtemp(join(tmpdir(), 'beatloom-s2v-'))
await makeTinyWan('tiny-wan-s2v', models)
const host = fixtureHost({ folders: [models] })
afterAll(async () => {
  await host.close()
  await rm(models, { recursive: true, force: true })
})
const { signal } = new AbortController()
const installed = await host.open('tiny-wan-s2v')
const family = familyOf(installed.family)
const loaded = family.load(installed, 'auto')

/** The recipe's sound, 16 kHz. */
const samples = Float32Array.from(
  { length: reference.audio.samples },
  (_, i) => 0.6 * Math.sin(0.05 * i) * Math.sin(0.0007 * i) ** 2 + 0.1 * Math.sin(0.31 * i) + 0.05,
)

function picture(width: number, height: number): Image {
  const data = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green] = [Math.floor((255 * x) / (width - 1)), Math.floor((255 * y) / (height - 1))]
      data.set([red, green, (7 * x + 13 * y) % 256], 3 * (y * width + x))
    }
  }
  return { width, height, channels: 3, data }
}

/** The recipe's pose video, 16 frames a second. */
function poses(width: number, height: number, frameCount: number): Frames {
  return {
    ...{ width, height, frameCount, frameRate: 16 },
    async *frames() {
      for (let f = 0; f < frameCount; f++) {
        const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => {
          const [c, x, y] = [i % 3, Math.floor(i / 3) % width, Math.floor(i / (3 * width))]
          return (29 * f + 13 * y + 7 * x + 85 * c) % 256
        })
        yield { width, height, channels: 3 as const, data }
      }
    },
  }
}

function expectClose(found: ArrayLike<number>, expected: number[]): void {
  expect(found.length).toBe(expected.length)
  const largest = Math.max(...expected.map(Math.abs))
  const error = expected.reduce((most, value, k) => Math.max(most, Math.abs(found[k]! - value)), 0)
  expect(error / largest).toBeLessThan(1e-3)
}

const everyNth = (values: Float32Array, n: number): Float32Array => values.filter((_, i) => i % n === 0)

it('is known by its folder, and has the published defaults', () => {
  expect(family.name).toBe('wan-s2v')
  expect(loaded.high).toMatchObject({ boundary: null, shift: 3, experts: [{ guidance: 4.5 }] })
  expect(loaded.audioEncoder).toMatchObject({ family: 'wan-s2v' })
})

it.each(reference.runs.map((run, k) => [k, run] as const))(
  'makes run %i alike: latents, what is remembered, and frames of every clip',
  async (_, run) => {
    const { width, height, framesPerClip } = run
    const words = { text: run.prompt, negative: run.negative, weight: 1 }
    const { conditioning } = await family.encodePrompt(host, loaded.textEncoder, words, signal)
    const seconds = (run.clips.length * framesPerClip) / 16
    const request = {
      ...{ vae: loaded.vae, audioEncoder: loaded.audioEncoder!, conditioning, picture: picture(width, height) },
      ...{ samples, seconds, framesPerClip, area: '480p' as const, strength: 1 },
      startsFromPicture: run.fromReference,
      pose: run.poseFrames > 0 ? poses(width, height, run.poseFrames) : null,
    }
    const prepared = await family.soundVideo!(host, request, signal)
    expect(prepared.latent.video).toMatchObject({ width, height, frameRate: 16 })
    expect(prepared.latent.clips).toMatchObject({ count: run.clips.length, leadFrames: run.fromReference ? 0 : 3 })
    const model = { ...loaded.high, experts: [{ ...loaded.high.experts[0]!, guidance: run.guidance }] }
    const latent = await denoise(host, model, prepared.conditioning, prepared.latent, {
      ...{ seed: String(run.seed), steps: run.steps, shift: run.shift, sampler: 'unipc', signal },
    })

    const { hidden_states: done, [BEFORE]: before } = latent.tensors
    for (const [k, clip] of run.clips.entries()) {
      const framesOf = (tensor: typeof done, each: number): Float32Array => {
        const [, channels, count, rows, columns] = tensor!.dims as [number, number, number, number, number]
        const plane = rows * columns
        const part = new Float32Array(channels * each * plane)
        for (let channel = 0; channel < channels; channel++) {
          const from = (channel * count + k * each) * plane
          part.set((tensor!.data as Float32Array).subarray(from, from + each * plane), channel * each * plane)
        }
        return part
      }
      expectClose(everyNth(framesOf(done, framesPerClip / 4), run.stride), clip.latents)
      const isTold = k > 0 || run.fromReference
      if (isTold) expectClose(everyNth(framesOf(before, 19), run.motionStride), clip.motion)
    }

    const found: number[][] = run.clips.map(() => [])
    let at = -latent.clips!.leadFrames
    for await (const image of family.decode(host, loaded.vae, latent).frames(signal)) {
      const index = at++
      // The lead repeats the first frame.
      if (index < 0) continue
      let clip = 0
      for (let end = run.clips[0]!.frames; index >= end; end += run.clips[clip]!.frames) clip++
      for (let y = 0; y < height; y += run.pictureStride) {
        for (let x = 0; x < width; x += run.pictureStride) {
          const from = 3 * (y * width + x)
          found[clip]!.push(...image.data.subarray(from, from + 3))
        }
      }
    }
    expect(at).toBe(run.clips.reduce((sum, { frames }) => sum + frames, 0))
    for (const [k, clip] of run.clips.entries()) {
      expect(found[k]!.length).toBe(clip.pictures.length)
      const squares = found[k]!.reduce((sum, value, i) => sum + (value - clip.pictures[i]!) ** 2, 0) / found[k]!.length
      expect(10 * Math.log10(255 ** 2 / Math.max(squares, 1e-9))).toBeGreaterThan(45)
    }
  },
)

it('is as long as its sound, shows the first frame three times more, and is told of strength and silence', async () => {
  const words = { text: '', negative: '', weight: 1 }
  const { conditioning } = await family.encodePrompt(host, loaded.textEncoder, words, signal)
  const prepare = (strength: number) =>
    family.soundVideo!(
      host,
      {
        ...{ vae: loaded.vae, audioEncoder: loaded.audioEncoder!, conditioning, picture: picture(128, 64) },
        ...{
          samples,
          seconds: 0.7,
          framesPerClip: 8,
          area: '480p' as const,
          strength,
          startsFromPicture: false,
          pose: null,
        },
      },
      signal,
    )
  const plain = await prepare(1)
  expect(plain.latent.video.frameCount).toBe(11)
  const rows = (prepared: typeof plain) => prepared.conditioning.positive['sound_rows']!.data as Float32Array
  expectClose(
    rows(await prepare(1.25)),
    [...rows(plain)].map((value) => value * 1.25),
  )
  expect(rows(await prepare(0)).every((value) => value === 0)).toBe(true)
  const refused = denoise(host, loaded.high, plain.conditioning, plain.latent, {
    ...{ seed: '1', steps: 2, shift: 0, sampler: 'unipc', strength: 0.5, signal },
  })
  await expect(refused).rejects.toMatchObject({ code: 'input_invalid' })
  const undone = family.decode.bind(family, host, loaded.vae, plain.latent)
  expect(undone).toThrow('has not been sampled yet')
})

/** A prepared video of clips of 8 frames, or as many as said. */
async function preparedClips(count: number, pose: Frames | null, on: ModelHost = host, framesPerClip = 8) {
  const words = { text: '', negative: '', weight: 1 }
  const { conditioning } = await family.encodePrompt(on, loaded.textEncoder, words, signal)
  const request = {
    ...{ vae: loaded.vae, audioEncoder: loaded.audioEncoder!, conditioning, picture: picture(128, 64), samples, pose },
    ...{
      seconds: (count * framesPerClip) / 16,
      framesPerClip,
      area: '480p' as const,
      strength: 1,
      startsFromPicture: false,
    },
  }
  return family.soundVideo!(on, request, signal)
}

it('encodes poses clip by clip, each without a past', async () => {
  const whole = poses(128, 64, 12)
  const later: Frames = {
    ...{ ...whole, frameCount: 4 },
    async *frames(on) {
      let index = 0
      // A reader may use the same memory for every frame.
      const shared = new Uint8Array(3 * 128 * 64)
      for await (const image of whole.frames(on)) {
        if (index++ < 8) continue
        shared.set(image.data)
        yield { ...image, data: shared }
      }
    },
  }
  const both = (await preparedClips(2, whole)).conditioning.positive['pose_latents']!
  const second = (await preparedClips(1, later)).conditioning.positive['pose_latents']!
  expect([both.dims, second.dims]).toEqual([
    [1, 16, 4, 8, 16],
    [1, 16, 2, 8, 16],
  ])
  const plane = 8 * 16
  for (let channel = 0; channel < 16; channel++) {
    const from = (channel * 4 + 2) * plane
    const found = both.data.slice(from, from + 2 * plane)
    expect(found).toEqual(second.data.slice(channel * 2 * plane, (channel + 1) * 2 * plane))
  }
})

it('goes on where memory is too short for a clip’s end at once: tile by tile, to nearly the same', async () => {
  const small: ModelHost = {
    ...host,
    run(component, inputs, ...rest) {
      const [, , , rows, columns] = (inputs['latent_sample'] ?? { dims: [] }).dims
      if (rows! * columns! > 64) return Promise.reject(new AppError('not_enough_memory', 'out of memory'))
      return host.run(component, inputs, ...rest)
    },
  }
  const { conditioning, latent } = await preparedClips(2, null)
  const options = { seed: '7', steps: 2, shift: 0, sampler: 'unipc', signal } as const
  const exact = await denoise(host, loaded.high, conditioning, latent, options)
  const tiled = await denoise(small, loaded.high, conditioning, latent, options)
  const values = ({ tensors }: typeof exact) => tensors[BEFORE]!.data as Float32Array
  const [a, b] = [values(exact), values(tiled)]
  const off = Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length)
  const size = Math.sqrt(a.reduce((sum, value) => sum + value ** 2, 0) / a.length)
  expect(off).toBeGreaterThan(0)
  expect(off / size).toBeLessThan(0.1)
})

it('is cancelled between two clips', async () => {
  const { conditioning, latent } = await preparedClips(2, null)
  const stop = new AbortController()
  let steps = 0
  const made = denoise(host, loaded.high, conditioning, latent, {
    ...{ seed: '7', steps: 2, shift: 0, sampler: 'unipc', signal: stop.signal },
    onStep: () => void (++steps === 2 && stop.abort()),
  })
  await expect(made).rejects.toMatchObject({ code: 'run_cancelled' })
  expect(steps).toBe(2)
})

it('refuses words that change over time, rather than leave them out', async () => {
  const { conditioning, latent } = await preparedClips(1, null)
  const later = [{ startSeconds: 0.25, positive: conditioning.positive, negative: conditioning.negative }]
  const made = denoise(host, loaded.high, { ...conditioning, later }, latent, {
    ...{ seed: '1', steps: 1, shift: 0, sampler: 'unipc', signal },
  })
  await expect(made).rejects.toMatchObject({ message: expect.stringContaining('Words cannot change over time') })
})

/** Refuses latents of more frames than that, as a device would. */
const small = (most: number): ModelHost => ({
  ...host,
  run(component, inputs, ...rest) {
    if ((inputs['hidden_states']?.dims[2] ?? 0) <= most) return host.run(component, inputs, ...rest)
    return Promise.reject(new AppError('not_enough_memory', 'CUDA failure 2: out of memory'))
  },
})

it('is made in clips of 48 frames where memory is not enough for 80, as if that had been asked for', async () => {
  const told: string[] = []
  const options = { seed: '7', steps: 1, shift: 0, sampler: 'unipc', signal } as const
  const long = await preparedClips(1, null, host, 80)
  const made = await denoise(small(12), loaded.high, long.conditioning, long.latent, {
    ...options,
    onFallback: ({ code, text }) => void told.push(code, text),
  })
  expect(told).toEqual([
    'shorter_clips',
    'Memory was not enough for clips of 80 frames; they have 48. "Frames per clip" makes it so from the start.',
  ])
  const short = await preparedClips(80 / 48, null, host, 48)
  expect(made.clips).toEqual(short.latent.clips)
  expect(made.video).toEqual(short.latent.video)
  const asked = await denoise(host, loaded.high, short.conditioning, short.latent, options)
  expect(made.tensors).toEqual(asked.tensors)
})

it('says what to do where clips cannot be made shorter', async () => {
  const options = { seed: '7', steps: 1, shift: 0, sampler: 'unipc', signal } as const
  const refused = async (framesPerClip: number, pose: Frames | null) => {
    const { conditioning, latent } = await preparedClips(1, pose, host, framesPerClip)
    return denoise(small(1), loaded.high, conditioning, latent, options)
  }
  await expect(refused(8, null)).rejects.toMatchObject({
    code: 'not_enough_memory',
    message: expect.stringContaining('clips of 8 frames; make the video smaller'),
  })
  await expect(refused(80, poses(128, 64, 4))).rejects.toMatchObject({
    code: 'not_enough_memory',
    message: expect.stringContaining('set "Frames per clip" to 48'),
  })
})
