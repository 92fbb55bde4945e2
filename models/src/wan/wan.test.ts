import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Conditioning, Image, Latent, Model, TensorData } from '@beatloom/core'
import { afterAll, describe, expect, it } from 'vitest'
import { type DenoiseOptions, denoise } from '../denoise.ts'
import { familyOf, type LoadedModel, type PipelineFamily } from '../families.ts'
import { schedulerOfConfig } from '../schedulers/scheduler-names.ts'
import { makeTinyWan, type TinyWan } from '../testing/model-folders.ts'
import { fixtureHost, fixturesFolder } from '../testing/pocket-inputs.ts'
import { tokenizerOf } from '../tokenizer.ts'
import { TEXT_TOKENS } from './contract.ts'
import { encodeClip } from './vae/encode-clip.ts'
import { vaeFactsOf } from './vae/vae-facts.ts'

interface Run {
  scheduler: Record<string, unknown>
  steps: number
  width: number
  height: number
  frames: number
  seed: number
  guidanceHigh: number
  guidanceLow: number
  latents: number[]
  stride?: number
  /** Every `stride`-th row and column of every frame, RGB. */
  pictures?: number[]
}

interface VaeRun {
  width: number
  height: number
  frames: number
  mean: number[]
  stride: number
  pictures: number[]
}

const models = await mkdtemp(join(tmpdir(), 'beatloom-wan-'))
const host = fixtureHost({ folders: [models] })
afterAll(async () => {
  await host.close()
  await rm(models, { recursive: true, force: true })
})
const { signal } = new AbortController()

interface Opened<R> {
  family: PipelineFamily
  loaded: LoadedModel
  model: Model
  reference: R
}

async function opened<R>(kind: TinyWan): Promise<Opened<R>> {
  await makeTinyWan(kind, models)
  const installed = await host.open(kind)
  const family = familyOf(installed.family)
  const loaded = family.load(installed, 'auto')
  const { high, low } = loaded
  const experts = high === low ? high.experts : [high.experts[0]!, low.experts[0]!]
  const reference = JSON.parse(await readFile(join(fixturesFolder, kind, 'reference.json'), 'utf8')) as R
  return { family, loaded, model: { ...high, experts }, reference }
}

const PROMPT = '  The sun sets &amp; the red sea rises,\n over the sea! '
const NEGATIVE = 'the red'

const promptOf = async ({ family, loaded }: Opened<unknown>): Promise<Conditioning> => {
  const words = { text: PROMPT, negative: NEGATIVE, weight: 1 }
  return (await family.encodePrompt(host, loaded.textEncoder, words, signal)).conditioning
}

/** As diffusers samples: its rules for noise levels, the run's guidance and shift. */
function sampled({ model }: Opened<unknown>, run: Run, conditioning: Conditioning, latent: Latent): Promise<Latent> {
  const [high, low] = model.experts
  const experts = low
    ? [
        { ...high!, guidance: run.guidanceHigh },
        { ...low, guidance: run.guidanceLow },
      ]
    : [{ ...high!, guidance: run.guidanceHigh }]
  const sampler = schedulerOfConfig(run.scheduler)
  const options: DenoiseOptions = {
    seed: String(run.seed),
    steps: run.steps,
    sampler,
    shift: Number(run.scheduler['flow_shift'] ?? run.scheduler['shift']),
    rule: sampler === 'unipc' ? 'diffusers' : 'double-shift',
    signal,
  }
  return denoise(host, { ...model, experts }, conditioning, latent, options)
}

function expectClose(found: TensorData, expected: number[]): void {
  const values = found.data as Float32Array
  expect(values.length).toBe(expected.length)
  const largest = Math.max(...expected.map(Math.abs))
  const error = expected.reduce((most, value, k) => Math.max(most, Math.abs(values[k]! - value)), 0)
  expect(error / largest).toBeLessThan(1e-3)
}

async function expectPictures(
  opened: Opened<unknown>,
  latent: Latent,
  run: Required<Pick<Run, 'pictures' | 'stride'>>,
) {
  const found: number[] = []
  const frames = opened.family.decode(host, opened.loaded.vae, latent)
  for await (const { width, height, data } of frames.frames(signal)) {
    for (let y = 0; y < height; y += run.stride) {
      for (let x = 0; x < width; x += run.stride)
        found.push(...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3))
    }
  }
  expectPeak(found, run.pictures)
}

/** At least 45 dB. */
function expectPeak(found: number[], expected: number[]): void {
  expect(found.length).toBe(expected.length)
  const squares = found.reduce((sum, value, k) => sum + (value - expected[k]!) ** 2, 0) / found.length
  expect(10 * Math.log10(255 ** 2 / Math.max(squares, 1e-9))).toBeGreaterThan(45)
}

/** The pictures of the recipe (`models/export/tiny_wan_runs.py`, `ramp`). */
function ramp(width: number, height: number, isLast = false): Image {
  const data = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green] = [Math.floor((255 * x) / (width - 1)), Math.floor((255 * y) / (height - 1))]
      data.set([isLast ? 255 - red : red, isLast ? 255 - green : green, (7 * x + 13 * y) % 256], 3 * (y * width + x))
    }
  }
  return { width, height, channels: 3, data }
}

/** The clip of the recipe (`vae_of`), encoded without normalisation. */
async function expectVae(opened: Opened<{ vae: VaeRun }>, scale: number): Promise<void> {
  const { vae } = opened.reference
  const { width, height, frames } = vae
  const planes = (f: number): Float32Array =>
    Float32Array.from({ length: 3 * width * height }, (_, i) => {
      const [c, y, x] = [Math.floor(i / (width * height)), Math.floor(i / width) % height, i % width]
      return ((29 * f + 13 * y + 7 * x + 85 * c) % 256) / 127.5 - 1
    })
  const component = opened.loaded.vae.encoder!
  const channels = scale === 16 ? 48 : 16
  const facts = await vaeFactsOf(component, channels)
  const raw = { ...facts, mean: new Array(channels).fill(0), deviation: new Array(channels).fill(1) }
  const clip = { count: frames, width, height, frame: planes }
  const mean = await encodeClip(host, { component, facts: raw, scale }, clip, signal)
  expectClose(mean, vae.mean)
  const normalised = await encodeClip(host, { component, facts, scale }, clip, signal)
  const latent: Latent = {
    ...{ family: opened.family.name, tensors: { hidden_states: normalised }, latentRate: 4 },
    video: { width, height, frameRate: 16, frameCount: frames },
    ...{ reference: null, light: null },
  }
  await expectPictures(opened, latent, vae)
}

/** Everything that diffusers computed with the same random weights (`models/export/tiny_wan.py`). */
describe('Wan2.2 T2V against diffusers', async () => {
  const wan = await opened<{
    prompts: { text: string; ids: number[]; first: number[]; last: number[] }[]
    vae: VaeRun
    runs: Run[]
  }>('tiny-wan-t2v')

  it('is known by its folder, and has the published defaults', () => {
    expect(wan.family.name).toBe('wan-t2v')
    expect(wan.model).toMatchObject({ boundary: 0.875, shift: 12, experts: [{ guidance: 4 }, { guidance: 3 }] })
  })

  it('takes no shift of 3 from a converted scheduler, but any from the model’s own index', async () => {
    const installed = await host.open('tiny-wan-t2v')
    const shiftOf = (index: object, scheduler: object) =>
      wan.family.load({ ...installed, index: { ...installed.index, ...index }, scheduler: { ...scheduler } }, 'auto')
        .high.shift
    expect(shiftOf({}, { flow_shift: 3 })).toBe(12)
    expect(shiftOf({}, { flow_shift: 8 })).toBe(8)
    expect(shiftOf({ flow_shift: 3 }, { flow_shift: 8 })).toBe(3)
  })

  it.each(wan.reference.prompts)('reads "$text" alike', async ({ text, ids, first, last }) => {
    const tokenizer = await tokenizerOf(wan.loaded.textEncoder.tokenizer)
    const words = { text, negative: '', weight: 1 }
    const { conditioning } = await wan.family.encodePrompt(host, wan.loaded.textEncoder, words, signal)
    const { dims, data } = conditioning.positive['encoder_hidden_states']!
    const width = dims[2]!
    expect(dims).toEqual([1, TEXT_TOKENS, 32])
    const cleanedIds = tokenizer.encodeClosed(text.replace('&amp;', '&').replace(/\s+/g, ' ').trim(), TEXT_TOKENS)
    expect([...cleanedIds.inputIds].map(Number).slice(0, ids.length)).toEqual(ids)
    expectClose({ dims: [width], data: data.slice(0, width) as Float32Array }, first)
    const row = ids.length - 1
    expectClose({ dims: [width], data: data.slice(row * width, (row + 1) * width) as Float32Array }, last)
    expect(data.slice(ids.length * width).every((value) => Number(value) === 0)).toBe(true)
  })

  it('encodes and decodes a clip alike, stretch by stretch', () => expectVae(wan, 8))

  it.each(wan.reference.runs.map((run, k) => [k, run] as const))(
    'denoises and decodes run %i alike',
    async (_, run) => {
      const start = wan.family.emptyVideo!({ width: run.width, height: run.height }, run.frames)
      const latent = await sampled(wan, run, await promptOf(wan), start)
      expectClose(latent.tensors['hidden_states']!, run.latents)
      if (run.pictures && run.stride) await expectPictures(wan, latent, { pictures: run.pictures, stride: run.stride })
    },
  )

  it('weighs the prompt: 1 changes nothing, others only the rows of real tokens', async () => {
    const encode = async (weight: number) => {
      const words = { text: PROMPT, negative: '', weight }
      const { conditioning } = await wan.family.encodePrompt(host, wan.loaded.textEncoder, words, signal)
      return conditioning.positive['encoder_hidden_states']!.data as Float32Array
    }
    const [plain, heavy] = [await encode(1), await encode(1.5)]
    const tokens = wan.reference.prompts[0]!.ids.length
    const differs = (row: number) => plain.subarray(row * 32, row * 32 + 32).some((v, i) => v !== heavy[row * 32 + i])
    expect(Array.from({ length: TEXT_TOKENS }, (_, row) => differs(row)).lastIndexOf(true)).toBe(tokens - 1)
    // Behind an empty prompt's one row, the weight multiplies.
    expect(heavy[33]).toBeCloseTo(1.5 * plain[33]!, 5)
  })
})

describe('Wan2.2 I2V against diffusers', async () => {
  const wan = await opened<{ condition: number[]; runs: Run[]; withLastImage: Run & { condition: number[] } }>(
    'tiny-wan-i2v',
  )
  const prepared = async (run: Run, withLast: boolean) =>
    wan.family.pictureVideo!(
      host,
      {
        ...{ vae: wan.loaded.vae, conditioning: await promptOf(wan), frames: run.frames },
        first: ramp(run.width, run.height),
        last: withLast ? ramp(run.width, run.height, true) : null,
      },
      signal,
    )

  it('is known by its folder', () => {
    expect(wan.family.name).toBe('wan-i2v')
    expect(wan.model).toMatchObject({ boundary: 0.9, shift: 5 })
  })
  it('tells the network the same of a first picture, and of a last one', async () => {
    const one = await prepared(wan.reference.runs[0]!, false)
    expectClose(one.conditioning.positive['picture_condition']!, wan.reference.condition)
    const two = await prepared(wan.reference.withLastImage, true)
    expectClose(two.conditioning.positive['picture_condition']!, wan.reference.withLastImage.condition)
  })
  it.each([...wan.reference.runs, wan.reference.withLastImage].map((run, k) => [k, run] as const))(
    'denoises and decodes run %i alike',
    async (_, run) => {
      const { conditioning, latent: start } = await prepared(run, run === wan.reference.withLastImage)
      const latent = await sampled(wan, run, conditioning, start)
      expectClose(latent.tensors['hidden_states']!, run.latents)
      if (run.pictures && run.stride) await expectPictures(wan, latent, { pictures: run.pictures, stride: run.stride })
    },
  )
})

describe('Wan2.2 TI2V against diffusers', async () => {
  const wan = await opened<{ vae: VaeRun; runs: Run[]; condition: number[]; fromImage: Run[] }>('tiny-wan-ti2v')

  it('is known by its folder', () => {
    expect(wan.family.name).toBe('wan-ti2v')
    expect(wan.model).toMatchObject({ boundary: null, shift: 5, experts: [{ guidance: 5 }] })
  })
  it('encodes and decodes a clip alike', () => expectVae(wan, 16))
  it.each(wan.reference.runs.map((run, k) => [k, run] as const))('makes run %i from words alike', async (_, run) => {
    const start = wan.family.emptyVideo!({ width: run.width, height: run.height }, run.frames)
    const latent = await sampled(wan, run, await promptOf(wan), start)
    expectClose(latent.tensors['hidden_states']!, run.latents)
    if (run.pictures && run.stride) await expectPictures(wan, latent, { pictures: run.pictures, stride: run.stride })
  })
  it.each(wan.reference.fromImage.map((run, k) => [k, run] as const))('makes run %i from a picture', async (_, run) => {
    const first = ramp(run.width, run.height)
    const request = { vae: wan.loaded.vae, conditioning: await promptOf(wan), first, last: null, frames: run.frames }
    const { conditioning, latent: start } = await wan.family.pictureVideo!(host, request, signal)
    if (run.width === 96) expectClose(conditioning.positive['first_latent']!, wan.reference.condition)
    const latent = await sampled(wan, run, conditioning, start)
    expectClose(latent.tensors['hidden_states']!, run.latents)
    if (run.pictures && run.stride) await expectPictures(wan, latent, { pictures: run.pictures, stride: run.stride })
  })
})
