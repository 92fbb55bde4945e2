import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError, type Frames, type Image, type Latent, type ModelHost } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import type { LoadedModel } from '@beatloom/models'
import { fixtureHost, fixturesFolder, rampImage } from '@beatloom/models/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { loadModel } from '../model/load.ts'
import { sample } from '../sampler/sample.ts'
import { prompt } from '../text/prompt.ts'
import { vaeDecode } from './decode.ts'
import { vaeEncode } from './encode.ts'

const folder = await mkdtemp(join(tmpdir(), 'beatloom-encode-'))
const models = fixtureHost()
afterAll(async () => {
  await models.close()
  await rm(folder, { recursive: true, force: true })
})
let scratchCount = 0
const artifacts = {
  scratch: async (suffix: string) => join(folder, `${scratchCount++}${suffix}`),
  adopt: async () => Promise.reject(new Error('Nothing is made here.')),
}
const load = async (model: string) => (await runNode(loadModel, {}, { model }, { models })) as unknown as LoadedModel
const wan = await load('tiny-wan-t2v')

/** The clip of the recipe (`models/export/tiny_wan.py`). */
function recipe(frameCount: number, width = 48, height = 32, channels: 3 | 4 = 3) {
  const counted = { passes: 0 }
  const frames: Frames = {
    ...{ width, height, frameRate: 20, frameCount },
    async *frames(signal) {
      counted.passes++
      const data = new Uint8Array(channels * width * height)
      for (let f = 0; f < frameCount; f++) {
        signal.throwIfAborted()
        for (let i = 0; i < data.length; i++) {
          const [c, x, y] = [i % channels, Math.floor(i / channels) % width, Math.floor(i / (channels * width))]
          data[i] = (29 * f + 13 * y + 7 * x + 85 * c) % 256
        }
        yield { width, height, channels, data }
      }
    },
  }
  return { frames, counted }
}

async function encoded(
  inputs: { vae: LoadedModel['vae']; image?: Image; frames?: Frames },
  on: ModelHost = models,
): Promise<{ latent: Latent; display: unknown[] }> {
  const { latent, display } = await runNode(vaeEncode, inputs, {}, { models: on, artifacts })
  return { latent: latent as Latent, display }
}
const values = ({ tensors }: Latent) => tensors['hidden_states']!.data as Float32Array

describe('a clip, with a random Wan2.2', () => {
  it.each([3, 4] as const)('of %i channels is encoded as diffusers does, its frames read once', async (channels) => {
    const { vae } = JSON.parse(await readFile(join(fixturesFolder, 'tiny-wan-t2v/reference.json'), 'utf8'))
    const config = JSON.parse(await readFile(join(fixturesFolder, 'tiny-wan-t2v/vae_encoder/config.json'), 'utf8'))
    const { frames, counted } = recipe(vae.frames, vae.width, vae.height, channels)
    const { latent, display } = await encoded({ vae: wan.vae, frames })
    expect(latent).toMatchObject({ family: 'wan-t2v', latentRate: 5, reference: null })
    expect(latent.video).toEqual({ width: 48, height: 32, frameRate: 20, frameCount: 9 })
    expect(latent.tensors['hidden_states']!.dims).toEqual([1, 16, 3, 4, 6])
    const found = values(latent).map((value, i) => {
      const channel = Math.floor(i / (3 * 4 * 6))
      return value * config.latents_std[channel] + config.latents_mean[channel]
    })
    const largest = Math.max(...vae.mean.map(Math.abs))
    const error = Math.max(...vae.mean.map((value: number, i: number) => Math.abs(value - found[i]!)))
    expect(error / largest).toBeLessThan(1e-3)
    expect([counted.passes, display]).toEqual([1, []])
  })

  it('is read once even where memory asks for tiles', async () => {
    const small: ModelHost = {
      ...models,
      run(component, tensors, ...rest) {
        const [, , , rows, columns] = (tensors['sample'] ?? { dims: [] }).dims
        if (rows! * columns! <= 64 * 64) return models.run(component, tensors, ...rest)
        return Promise.reject(new AppError('not_enough_memory', 'CUDA failure 2: out of memory'))
      },
    }
    const { frames, counted } = recipe(9, 128, 96)
    const [tiled, whole] = [
      await encoded({ vae: wan.vae, frames }, small),
      await encoded({ vae: wan.vae, frames: recipe(9, 128, 96).frames }),
    ]
    expect(counted.passes).toBe(1)
    const [a, b] = [values(tiled.latent), values(whole.latent)]
    const [off, size] = [0, 1].map((k) => Math.sqrt(a.reduce((sum, v, i) => sum + (k ? b[i]! : v - b[i]!) ** 2, 0)))
    expect(off! / size!).toBeGreaterThan(0)
    // Measured: 0.49. The random encoder's attention sees the whole area, or one tile.
    expect(off! / size!).toBeLessThan(0.6)
  })

  it('keeps 4k + 1 frames, cut to whole tokens, and says what it left out', async () => {
    const { latent, display } = await encoded({ vae: wan.vae, frames: recipe(11, 70, 40).frames })
    expect(latent.video).toEqual({ width: 64, height: 32, frameRate: 20, frameCount: 9 })
    expect(display).toEqual([
      {
        kind: 'note',
        code: 'frames_left_out',
        text: 'The model takes clips of 4k + 1 frames: the first 9 are encoded, 2 at the end are left out.',
      },
    ])
  })

  it('is made partly anew by the sampler: the more, the further it is from what it was', async () => {
    const { latent } = await encoded({ vae: wan.vae, frames: recipe(9, 64, 32).frames })
    const { conditioning } = await runNode(prompt, { textEncoder: wan.textEncoder }, { text: 'the sea' }, { models })
    const away = async (strength: number): Promise<number> => {
      const inputs = { model: wan.high, conditioning: conditioning as never, latent }
      const made = (await runNode(sample, inputs, { steps: 4, seed: '4', strength }, { models })).latent as Latent
      return values(made).reduce((sum, value, i) => sum + Math.abs(value - values(latent)[i]!), 0)
    }
    const [none, half, all] = [await away(0), await away(0.5), await away(1)]
    expect(none).toBe(0)
    expect(half).toBeGreaterThan(0)
    expect(all).toBeGreaterThan(half)
    const { frames } = await runNode(vaeDecode, { vae: wan.vae, latent }, {}, { models })
    expect(frames).toMatchObject({ width: 64, height: 32, frameRate: 20, frameCount: 9 })
  })

  it('that is shorter than it says, is said to be', async () => {
    const { frames } = recipe(5)
    await expect(encoded({ vae: wan.vae, frames: { ...frames, frameCount: 9 } })).rejects.toMatchObject({
      code: 'media_unreadable',
      message: 'The clip ends after 5 of 9 frames.',
    })
  })
})

describe('a picture, with a random Wan2.2', () => {
  it('is one latent frame, whose sides are whole tokens', async () => {
    const { latent } = await encoded({ vae: wan.vae, image: rampImage(66, 44) })
    expect(latent.video).toEqual({ width: 64, height: 32, frameRate: 1, frameCount: 1 })
    expect(latent.tensors['hidden_states']!.dims).toEqual([1, 16, 1, 4, 8])
    const facts = (width: number, height: number) => vaeEncode.facts?.({ image: { width, height } }, {}, {}).latent
    expect(facts(66, 44)).toEqual({ width: 64, frameRate: 1, frameCount: 1, durationSeconds: 1 })
    expect(facts(64, 32)).toMatchObject({ width: 64, height: 32 })
  })

  it('is refused by a model without an encoder', async () => {
    const vae = { ...wan.vae, encoder: null }
    for (const inputs of [{ image: rampImage(64, 64) }, { frames: recipe(5).frames }]) {
      await expect(encoded({ vae, ...inputs })).rejects.toMatchObject({ code: 'model_missing' })
    }
  })
})

it('one of picture and clip is taken, and a clip by video models alone', async () => {
  const { vae } = await load('tiny-stable-diffusion')
  const [image, { frames }] = [rampImage(64, 64), recipe(5)]
  await expect(encoded({ vae, image, frames })).rejects.toMatchObject({ code: 'input_invalid' })
  await expect(encoded({ vae })).rejects.toMatchObject({ code: 'input_invalid' })
  await expect(encoded({ vae, frames })).rejects.toMatchObject({
    code: 'input_invalid',
    message: 'Models of the kind "stable-diffusion" make pictures; link a picture to "VAE encode", not a clip.',
  })
  const pocket = await load('tiny-pocket')
  await expect(encoded({ vae: pocket.vae, frames })).rejects.toMatchObject({
    message: expect.stringContaining('"Song video latent"'),
  })
})
