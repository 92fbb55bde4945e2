import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AppError,
  type Conditioning,
  type Display,
  type Frames,
  type Image,
  type Latent,
  type Model,
  type ModelHost,
  type NodeContext,
} from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import type { LoadedModel } from '@beatloom/models'
import { fixtureHost, fixturesFolder, rampImage } from '@beatloom/models/testing'
import { makeTinyWan, type TinyWan } from '@beatloom/models/testing/folders'
import { afterAll, describe, expect, it } from 'vitest'
import { emptyLatent } from '../latent/empty-latent.ts'
import { emptyVideo } from '../latent/empty-video.ts'
import { pictureVideo } from '../latent/picture-video.ts'
import { contextWindows } from '../model/context-windows.ts'
import { loadModel } from '../model/load.ts'
import { moeSwitch } from '../model/moe-switch.ts'
import { prompt } from '../text/prompt.ts'
import { vaeDecode } from '../vae/decode.ts'
import { vaeEncode } from '../vae/encode.ts'
import { sample } from './sample.ts'
import { sampleVariations } from './sample-variations.ts'

const folder = await mkdtemp(join(tmpdir(), 'beatloom-chain-'))
const models = fixtureHost({ folders: [folder, fixturesFolder] })
afterAll(async () => {
  await models.close()
  await rm(folder, { recursive: true, force: true })
})

async function load(kind: TinyWan): Promise<LoadedModel> {
  await makeTinyWan(kind, folder)
  return (await runNode(loadModel, {}, { model: kind }, { models })) as unknown as LoadedModel
}
const [t2v, i2v, ti2v] = [await load('tiny-wan-t2v'), await load('tiny-wan-i2v'), await load('tiny-wan-ti2v')]

const modelOf = async ({ high, low }: LoadedModel): Promise<Model> =>
  high === low ? high : ((await runNode(moeSwitch, { high, low }, {}, { models })).model as Model)
const words = async ({ textEncoder }: LoadedModel): Promise<Conditioning> =>
  (await runNode(prompt, { textEncoder }, { text: 'the red sea' }, { models })).conditioning as Conditioning
const empty = async (model: Model, params: Record<string, unknown>): Promise<Latent> =>
  (await runNode(emptyVideo, { model }, params, { models })).latent as Latent

async function sampled(model: Model, conditioning: Conditioning, latent: Latent, steps = 2): Promise<Latent> {
  const inputs = { model, conditioning, latent }
  return (await runNode(sample, inputs, { steps, seed: '4' }, { models })).latent as Latent
}

async function framesOf({ vae }: LoadedModel, latent: Latent): Promise<Image[]> {
  const { frames } = await runNode(vaeDecode, { vae, latent }, {}, { models })
  const all: Image[] = []
  for await (const image of (frames as Frames).frames(new AbortController().signal)) {
    all.push({ ...image, data: image.data.slice() })
  }
  return all
}

describe('videos from words, with a random Wan2.2', () => {
  it('have the asked size, and the length and rate of the model', async () => {
    const model = await modelOf(t2v)
    const latent = await empty(model, { width: 64, height: 64, seconds: 0.5 })
    expect(latent.video).toEqual({ width: 64, height: 64, frameRate: 16, frameCount: 9 })
    const frames = await framesOf(t2v, await sampled(model, await words(t2v), latent))
    expect(frames.length).toBe(9)
    expect(frames[0]).toMatchObject({ width: 64, height: 64, channels: 3 })
    const small = await empty(ti2v.high, { width: 64, height: 64, seconds: 0 })
    expect(small.video).toEqual({ width: 64, height: 64, frameRate: 24, frameCount: 1 })
    expect((await framesOf(ti2v, await sampled(ti2v.high, await words(ti2v), small))).length).toBe(1)
  })

  it('refuse sides that the model cannot make, and models that need a picture or make none', async () => {
    const odd = empty(ti2v.high, { width: 80, height: 64 })
    await expect(odd).rejects.toMatchObject({ message: expect.stringContaining('multiples of 32 pixels; 80 is none') })
    await expect(empty(i2v.high, {})).rejects.toMatchObject({
      message: expect.stringContaining('begin with a picture'),
    })
    const pocket = (await runNode(loadModel, {}, { model: 'tiny-pocket' }, { models })) as unknown as LoadedModel
    await expect(empty(pocket.high, {})).rejects.toMatchObject({ code: 'input_invalid' })
  })

  it('go in windows where they are longer: the same where one window is enough, something else where not', async () => {
    const model = await modelOf(t2v)
    const windowed = async (params: Record<string, unknown>) =>
      (await runNode(contextWindows, { model }, params, { models })).model as Model
    const latent = await empty(model, { width: 64, height: 64, seconds: 2 })
    const conditioning = await words(t2v)
    const plain = await sampled(model, conditioning, latent)
    expect((await sampled(await windowed({ length: 81 }), conditioning, latent)).tensors).toEqual(plain.tensors)
    const cut = await sampled(await windowed({ length: 17, overlap: 5 }), conditioning, latent)
    const [a, b] = [cut, plain].map(({ tensors }) => tensors['hidden_states']!.data as Float32Array)
    expect(a!.length).toBe(b!.length)
    expect(a!.every(Number.isFinite)).toBe(true)
    expect(a).not.toEqual(b)
    expect(contextWindows.check?.(contextWindows.params.parse({ length: 17, overlap: 17 }))?.[0]?.param).toBe('overlap')
  })

  it('go in the windows of each expert: those of its own line, or of both behind the switch', async () => {
    const frames: Record<string, Set<number>> = {}
    const noting: ModelHost = {
      ...models,
      run(component, tensors, ...rest) {
        const shown = tensors['hidden_states']
        if (shown) frames[component.component] = (frames[component.component] ?? new Set()).add(shown.dims[2]!)
        return models.run(component, tensors, ...rest)
      },
    }
    const windowed = async (model: Model, length: number) =>
      (await runNode(contextWindows, { model }, { length, overlap: 4 }, { models })).model as Model
    const switched = async (high: Model, low: Model) =>
      (await runNode(moeSwitch, { high, low }, { by: 'step', step: 1 }, { models })).model as Model
    const { high, low } = t2v
    const latent = await empty(high, { width: 64, height: 64, seconds: 2 })
    const conditioning = await words(t2v)
    const seen = async (model: Model) => {
      for (const name in frames) delete frames[name]
      await runNode(sample, { model, conditioning, latent }, { steps: 2 }, { models: noting })
      return [frames['transformer'], frames['transformer_2']].map((counts) => [...counts!])
    }
    // 33 frames are 9 latent ones.
    expect(await seen(await switched(high, await windowed(low, 17)))).toEqual([[9], [5]])
    expect(await seen(await switched(await windowed(high, 13), await windowed(low, 17)))).toEqual([[4], [5]])
    expect(await seen(await windowed(await switched(high, low), 17))).toEqual([[5], [5]])
  })

  it('are made in shorter windows where memory is short: the node says so, and keeps nothing of it', async () => {
    const small: ModelHost = {
      ...models,
      run(component, tensors, ...rest) {
        if ((tensors['hidden_states']?.dims[2] ?? 0) <= 5) return models.run(component, tensors, ...rest)
        return Promise.reject(new AppError('not_enough_memory', 'CUDA failure 2: out of memory'))
      },
    }
    const model = await modelOf(t2v)
    const inputs = {
      ...{ model, conditioning: await words(t2v) },
      latent: await empty(model, { width: 64, height: 64, seconds: 2 }),
    }
    for (const node of [sample, sampleVariations]) {
      let makeshift = 0
      const context = { models: small, makeshift: () => void makeshift++ }
      const { display } = await runNode(node as typeof sample, inputs, { steps: 1 }, context)
      expect(display).toMatchObject([{ kind: 'note', code: 'smaller_windows' }])
      expect(makeshift).toBe(1)
    }
    const { display } = await runNode(sample, inputs, { steps: 1 }, { models, makeshift: () => expect.fail() })
    expect(display).toEqual([])
  })

  it('show what they are becoming, of which the result knows nothing; a decoder that fails shows nothing', async () => {
    const model = await modelOf(t2v)
    const latent = await empty(model, { width: 64, height: 64, seconds: 0.5 })
    const inputs = { model, conditioning: await words(t2v), latent }
    const run = async (services: Partial<NodeContext>) => {
      const previews: { mime: string }[] = []
      const preview = (picture: { mime: string }) => void previews.push(picture)
      const made = await runNode(sample, inputs, { steps: 3, seed: '4' }, { models, preview, ...services })
      return { previews, tensors: (made.latent as Latent).tensors }
    }
    const shown = await run({})
    // The first is always shown; later ones wait until they cost little beside the steps.
    expect(shown.previews[0]).toMatchObject({ mime: 'image/webp' })
    const decoded: string[] = []
    const failing: ModelHost = {
      ...models,
      remember: (_key, make) => make(),
      run(component, ...rest) {
        if (component.component !== 'vae_decoder') return models.run(component, ...rest)
        decoded.push(component.component)
        return Promise.reject(new AppError('not_enough_memory', 'CUDA failure 2: out of memory'))
      },
    }
    for (const [services, calls] of [
      [{ previews: false }, 0],
      [{}, 1],
    ] as const) {
      expect(await run({ models: failing, ...services })).toEqual({ previews: [], tensors: shown.tensors })
      expect(decoded.length).toBe(calls)
    }
  })

  it('come in variations, the first that of the Sampler', async () => {
    const model = await modelOf(t2v)
    const latent = await empty(model, { width: 64, height: 64, seconds: 0 })
    const inputs = { model, conditioning: await words(t2v), latent }
    const params = { count: 3, steps: 2, seed: '4' }
    const latents = (await runNode(sampleVariations, inputs, params, { models })).latents as Latent[]
    expect(latents.length).toBe(3)
    expect(latents[0]!.tensors).toEqual((await sampled(model, inputs.conditioning, latent)).tensors)
    expect(latents[1]!.tensors).not.toEqual(latents[0]!.tensors)
  })
})

describe('videos from a picture, with a random Wan2.2', () => {
  const prepared = async (
    loaded: LoadedModel,
    inputs: Record<string, unknown>,
    params: Record<string, unknown> = { seconds: 0.1 },
  ) => {
    const shown: Display[] = []
    const given = { conditioning: await words(loaded), vae: loaded.vae, ...inputs }
    const context = { models, display: (item: Display) => void shown.push(item) }
    const { conditioning, latent } = await runNode(pictureVideo, given as never, params, context)
    return { conditioning: conditioning as Conditioning, latent: latent as Latent, shown }
  }

  it('have its shape within the area, and a note where it was too small', async () => {
    const wide = await prepared(i2v, { image: rampImage(160, 90) })
    expect(wide.latent.video).toMatchObject({ width: 832, height: 464, frameCount: 1 })
    expect(wide.shown).toMatchObject([{ kind: 'note', code: 'picture_enlarged' }])
    const large = await prepared(ti2v, { image: rampImage(1000, 1000) })
    expect(large.latent.video).toMatchObject({ width: 640, height: 608 })
    expect(large.shown).toEqual([])
  })

  it('refuse a model from words, and parts of two models', async () => {
    await expect(prepared(t2v, { image: rampImage(64, 64) })).rejects.toMatchObject({
      message: expect.stringContaining('make videos from words; take the latent from "Empty video latent"'),
    })
    await expect(prepared(i2v, { image: rampImage(64, 64), vae: ti2v.vae })).rejects.toMatchObject({
      message: 'The conditioning was made for "wan-i2v" models, the VAE belongs to a "wan-ti2v" one.',
    })
  })

  it('refuse a last picture where the model cannot end on one', async () => {
    const both = { image: rampImage(64, 64), last: rampImage(64, 64) }
    await expect(prepared(ti2v, both)).rejects.toMatchObject({
      message: expect.stringContaining('cannot end on a picture'),
    })
  })

  it.each([
    ['I2V', i2v],
    ['TI2V', ti2v],
  ])('of %s refuse what was prepared for another size', async (_, loaded) => {
    const { conditioning } = await prepared(loaded, { image: rampImage(64, 64) }, { seconds: 0 })
    const { latent } = await prepared(loaded, { image: rampImage(128, 64) }, { seconds: 0 })
    await expect(sampled(await modelOf(loaded), conditioning, latent, 1)).rejects.toMatchObject({
      code: 'input_invalid',
      message: expect.stringContaining('another size or length'),
    })
  })
})

describe('a node that makes latents for another kind of model', () => {
  const messageOf = async (made: Promise<unknown>): Promise<string> =>
    made.then(
      () => 'nothing was refused',
      (error: Error) => error.message,
    )
  const image = rampImage(64, 64)

  it('names the one that makes them for this kind', async () => {
    const s2v = { model: { ...t2v.high, family: 'wan-s2v' }, vae: { ...t2v.vae, family: 'wan-s2v' } }
    const sound = 'Models of the kind "wan-s2v" follow a sound; take the latent from "Sound to video latent".'
    const conditioning = { family: 'wan-s2v', positive: {}, negative: {} }
    expect(await messageOf(runNode(emptyVideo, s2v, {}, { models }))).toBe(sound)
    expect(await messageOf(runNode(pictureVideo, { ...s2v, image, conditioning }, {}, { models }))).toBe(sound)
    expect(await messageOf(runNode(vaeEncode, { vae: s2v.vae, image }, {}, { models }))).toBe(sound)
    const empty = messageOf(runNode(emptyLatent, { model: ti2v.high }, {}, { models }))
    expect(await empty).toContain('"Empty video latent" or "Picture to video latent"')
    const diffusion = { ...t2v.high, family: 'stable-diffusion' }
    expect(await messageOf(runNode(emptyVideo, { model: diffusion }, {}, { models }))).toContain('"Empty latent"')
  })
})

it('what sampling takes is said of the model that was measured, and of no other', () => {
  const params = sample.params.parse({})
  const song = { width: 832, height: 480, frameRate: 30, frameCount: 90, durationSeconds: 3 }
  expect(sample.cost?.(params, { latent: song }, {})).not.toBeNull()
  // As "Sound to video latent", "Empty video latent" and "Empty latent" tell of theirs.
  for (const latent of [
    { frameRate: 16, durationSeconds: 3 },
    { width: 832, height: 480 },
    { width: 512, height: 512, frameRate: 1, frameCount: 1, durationSeconds: 1 },
  ]) {
    expect(sample.cost?.(params, { latent }, {})).toBeNull()
  }
})
