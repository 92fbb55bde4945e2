import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Image, Latent } from '@beatloom/core'
import { afterAll, describe, expect, it } from 'vitest'
import { denoise } from '../denoise.ts'
import { familyOf } from '../families.ts'
import { weighted } from '../prompt-weight.ts'
import { schedulerOfConfig } from '../schedulers/scheduler-names.ts'
import { fixtureHost, fixturesFolder } from '../testing/pocket-inputs.ts'
import { tokenizerOf } from '../tokenizer.ts'
import { emptyPicture, encodeToLatent } from './pictures.ts'

interface Reference {
  negative: string
  prompts: { text: string; ids: number[]; first: number[]; last: number[] }[]
  runs: {
    scheduler: Record<string, unknown>
    steps: number
    guidance: number
    seed: number
    width: number
    height: number
    latents: number[]
    picture: number[]
  }[]
  /** The slope of `ramp`, 80 × 64, as the VAE encodes it. */
  encoded: number[]
  fromPicture: {
    scheduler: Record<string, unknown>
    steps: number
    guidance: number
    seed: number
    strength: number
    latents: number[]
  }[]
  consistent: { steps: number; guidance: number; seed: number; width: number; height: number; latents: number[] }[]
}

const host = fixtureHost()
afterAll(() => host.close())
const { signal } = new AbortController()
const reference = JSON.parse(
  await readFile(join(fixturesFolder, 'tiny-stable-diffusion/reference.json'), 'utf8'),
) as Reference
const installed = await host.open('tiny-stable-diffusion')
const family = familyOf(installed.family)
const loaded = family.load(installed, 'auto')
const encode = (text: string, negative = '', weight = 1) =>
  family.encodePrompt(host, loaded.textEncoder, { text, negative, weight }, signal)

function expectLatent(latent: Latent, expected: number[]): void {
  const found = latent.tensors['sample']!.data as Float32Array
  expect(found.length).toBe(expected.length)
  const largest = Math.max(...expected.map(Math.abs))
  for (const [k, value] of expected.entries()) expect(Math.abs(found[k]! - value)).toBeLessThan(1e-3 * largest)
}

/** Red grows downwards and green to the right, in steps of 8 bits. */
function ramp(width: number, height: number): Image {
  const data = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data.set([Math.round((255 * y) / (height - 1)), Math.round((255 * x) / (width - 1)), 128], 3 * (y * width + x))
    }
  }
  return { width, height, channels: 3, data }
}

/** Everything that diffusers computed with the same random weights (`models/export/tiny_stable_diffusion.py`). */
describe('Stable Diffusion against diffusers', () => {
  it('is known by its folder', () => expect(installed.family).toBe('stable-diffusion'))

  it.each(reference.prompts.map((prompt) => [prompt.text.slice(0, 30), prompt] as const))(
    'cuts and encodes "%s" alike',
    async (_, { text, ids, first, last }) => {
      const tokenizer = await tokenizerOf(loaded.textEncoder.tokenizer)
      expect([...tokenizer.encodeClosed(text, 77).inputIds].map(Number)).toEqual(ids)
      const { conditioning } = await encode(text)
      const { dims, data } = conditioning.positive['encoder_hidden_states']!
      expect(dims).toEqual([1, 77, 32])
      for (const [k, value] of first.entries()) expect(data[k]).toBeCloseTo(value, 4)
      for (const [k, value] of last.entries()) expect(data[76 * 32 + k]).toBeCloseTo(value, 4)
    },
  )

  it.each(reference.runs.map((run) => [String(run.scheduler['_class_name']), run] as const))(
    'denoises and decodes alike with %s',
    async (_, run) => {
      const { conditioning } = await encode(reference.prompts[0]!.text, reference.negative)
      const [expert] = loaded.high.experts
      const model = {
        ...loaded.high,
        scheduler: run.scheduler,
        experts: [{ ...expert!, guidance: run.guidance }],
      }
      const sampler = schedulerOfConfig(run.scheduler)
      const options = { seed: String(run.seed), steps: run.steps, sampler, shift: 0, signal }
      const latent = await denoise(
        host,
        model,
        conditioning,
        emptyPicture('stable-diffusion', run.width, run.height),
        options,
      )
      expectLatent(latent, run.latents)

      const clip = family.decode(host, loaded.vae, latent)
      expect(clip).toMatchObject({ width: run.width, height: run.height, frameCount: 1 })
      for await (const image of clip.frames(signal)) {
        // The file holds every fourth pixel of every fourth row.
        let squares = 0
        for (let y = 0, k = 0; y < run.height; y += 4) {
          for (let x = 0; x < run.width; x += 4) {
            for (let c = 0; c < 3; c++, k++)
              squares += (image.data[(y * run.width + x) * 3 + c]! - run.picture[k]!) ** 2
          }
        }
        const psnr = 10 * Math.log10((255 ** 2 * run.picture.length) / Math.max(squares, 1e-9))
        expect(psnr).toBeGreaterThan(45)
      }
    },
  )

  it('reads a picture alike', async () => {
    const { tensors } = await encodeToLatent(host, loaded.vae, ramp(80, 64), signal)
    const found = tensors['sample']!.data as Float32Array
    const largest = Math.max(...reference.encoded.map(Math.abs))
    // 8-bit pixels stand half a step beside the slope at most.
    for (const [k, value] of reference.encoded.entries()) {
      expect(Math.abs(found[k]! - value)).toBeLessThan(0.02 * largest)
    }
  })

  it.each(reference.fromPicture.map((run) => [String(run.scheduler['_class_name']), run] as const))(
    'makes a picture partly anew alike with %s',
    async (_, run) => {
      const { conditioning } = await encode(reference.prompts[0]!.text, reference.negative)
      const start = emptyPicture('stable-diffusion', 80, 64)
      start.tensors['sample']!.data = Float32Array.from(reference.encoded)
      const model = { ...loaded.high, scheduler: run.scheduler }
      const { steps, strength, guidance } = run
      const seen: [number, number][] = []
      const latent = await denoise(host, model, conditioning, start, {
        ...{ seed: String(run.seed), steps, strength, guidance, sampler: 'auto', shift: 0, signal },
        onStep: (step, of) => void seen.push([step, of]),
      })
      expectLatent(latent, run.latents)
      expect(seen.at(-1)![0]).toBe(seen.length)
      expect(seen.at(-1)![1]).toBe(seen.length)
    },
  )

  it.each(reference.consistent.map((run) => [run.steps, run] as const))(
    'runs a consistency model alike in %i steps, guided by an input',
    async (_, run) => {
      const folder = await mkdtemp(join(tmpdir(), 'beatloom-consistency-'))
      const model = join(folder, 'tiny-latent-consistency')
      await cp(join(fixturesFolder, 'tiny-stable-diffusion'), model, { recursive: true })
      await cp(join(fixturesFolder, 'tiny-latent-consistency'), model, { recursive: true })
      const own = fixtureHost({ folders: [folder] })
      try {
        const opened = await own.open('tiny-latent-consistency')
        expect(opened.family).toBe('latent-consistency')
        const kind = familyOf(opened.family)
        const parts = kind.load(opened, 'auto')
        const prompt = { text: reference.prompts[0]!.text, negative: '', weight: 1 }
        const { conditioning } = await kind.encodePrompt(own, parts.textEncoder, prompt, signal)
        const options = { seed: String(run.seed), steps: run.steps, sampler: 'auto' as const, shift: 0, signal }
        const start = kind.emptyLatent!(run.width, run.height)
        expectLatent(await denoise(own, parts.high, conditioning, start, options), run.latents)
      } finally {
        await own.close()
        await rm(folder, { recursive: true })
      }
    },
  )
})

describe('Stable Diffusion', () => {
  it('says when a prompt is longer than the model reads', async () => {
    expect((await encode('sun '.repeat(100))).remarks).toEqual([
      'The prompt has 100 words and signs; the model reads the first 75.',
    ])
    expect((await encode('sun')).remarks).toEqual([])
  })

  it('weighs a prompt against an empty one, and leaves it bit for bit at 1', async () => {
    const of = async (weight: number) =>
      (await encode('the red sea', '', weight)).conditioning.positive['encoder_hidden_states']!
    const [plain, strong] = [await of(1), await of(1.5)]
    const empty = (await encode('')).conditioning.positive['encoder_hidden_states']!
    expect(strong.data).toEqual(weighted(plain, empty, 1.5, 5).data)
    expect(strong.data).not.toEqual(plain.data)
    // Padding stays.
    expect(strong.data.slice(-32)).toEqual(plain.data.slice(-32))
    expect(weighted(plain, empty, 1, 5).data.slice(0, 32)[0]).toBeCloseTo(Number(plain.data[0]), 6)
  })

  it('reads a picture into a latent of an eighth of its sides, and refuses odd sides', async () => {
    const image = { width: 40, height: 24, channels: 3 as const, data: new Uint8Array(40 * 24 * 3).fill(90) }
    const latent = await encodeToLatent(host, loaded.vae, image, signal)
    expect(latent.tensors['sample']!.dims).toEqual([1, 4, 3, 5])
    expect((latent.tensors['sample']!.data as Float32Array).every(Number.isFinite)).toBe(true)
    expect(() => emptyPicture('stable-diffusion', 500, 512)).toThrow(/multiples of 8; 500 is none/)
  })
})
