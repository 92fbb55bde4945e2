import type { Frames, Image, Latent, Model } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import type { LoadedModel } from '@beatloom/models'
import { fixtureHost, rampImage } from '@beatloom/models/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { pickFrame } from '../frames/pick-frame.ts'
import { emptyLatent } from '../latent/empty-latent.ts'
import { loadModel } from '../model/load.ts'
import { prompt } from '../text/prompt.ts'
import { vaeDecode } from '../vae/decode.ts'
import { vaeEncode } from '../vae/encode.ts'
import { sample } from './sample.ts'

const models = fixtureHost()
afterAll(() => models.close())
const parts = (await runNode(loadModel, {}, { model: 'tiny-stable-diffusion' }, { models })) as unknown as LoadedModel
const { high: model, vae, textEncoder } = parts

async function sampled(latent: Latent, params: Record<string, unknown>, text = 'the red sea'): Promise<Latent> {
  const { conditioning } = await runNode(prompt, { textEncoder }, { text }, { models })
  const inputs = { model, conditioning: conditioning as never, latent }
  return (await runNode(sample, inputs, { steps: 3, ...params }, { models })).latent as Latent
}

async function pictureOf(latent: Latent): Promise<Image> {
  const { frames } = await runNode(vaeDecode, { vae, latent }, {}, { models })
  return (await runNode(pickFrame, { frames: frames as Frames })).image as Image
}

const emptyOf = async (width: number, height: number): Promise<Latent> =>
  (await runNode(emptyLatent, { model }, { width, height }, { models })).latent as Latent

const difference = (a: Image, b: Image): number =>
  a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]!), 0) / a.data.length

describe('pictures from words, with a random Stable Diffusion', () => {
  it('are made by the model’s own sampler, the same for the same seed', async () => {
    const start = await emptyOf(96, 64)
    const [first, again, other] = [
      await pictureOf(await sampled(start, { seed: '4' })),
      await pictureOf(await sampled(start, { seed: '4' })),
      await pictureOf(await sampled(start, { seed: '5' })),
    ]
    expect(first).toMatchObject({ width: 96, height: 64, channels: 3 })
    expect(again.data).toEqual(first.data)
    expect(difference(other, first)).toBeGreaterThan(3)
  })

  it('follow sampler, guidance and words', async () => {
    const start = await emptyOf(64, 64)
    const plain = await pictureOf(await sampled(start, { seed: '4' }))
    for (const params of [{ sampler: 'ddim' }, { sampler: 'euler-ancestral' }, { guidance: 1 }, { guidance: 15 }]) {
      expect(difference(await pictureOf(await sampled(start, { seed: '4', ...params })), plain)).toBeGreaterThan(0.1)
    }
    expect(difference(await pictureOf(await sampled(start, { seed: '4' }, 'sun')), plain)).toBeGreaterThan(0.1)
  })

  it('keep the more of a picture, the less is made anew', async () => {
    const encoded = (await runNode(vaeEncode, { vae, image: rampImage(70, 50) }, {}, { models })).latent as Latent
    expect(encoded.video).toMatchObject({ width: 64, height: 48 })
    const kept = await pictureOf(encoded)
    const apart = async (strength: number) =>
      difference(await pictureOf(await sampled(encoded, { seed: '4', steps: 6, strength })), kept)
    expect(await apart(0)).toBe(0)
    const [little, half, all] = [await apart(0.2), await apart(0.5), await apart(1)]
    expect(little).toBeGreaterThan(0)
    expect(half).toBeGreaterThan(little)
    expect(all).toBeGreaterThan(half)
  })

  it('refuse a sampler for flows, and say what the model in the box cannot do', async () => {
    await expect(sampled(await emptyOf(64, 64), { sampler: 'flow-match-euler' })).rejects.toMatchObject({
      code: 'input_invalid',
      message: expect.stringContaining('is for models that predict a flow'),
    })
    const pocket = (await runNode(loadModel, {}, { model: 'tiny-pocket' }, { models })) as unknown as LoadedModel
    const empty = async () => runNode(emptyLatent, { model: pocket.high as Model }, {}, { models })
    await expect(empty()).rejects.toMatchObject({ code: 'input_invalid' })
    const encode = async () => runNode(vaeEncode, { vae: pocket.vae, image: rampImage(64, 64) }, {}, { models })
    await expect(encode()).rejects.toMatchObject({ code: 'input_invalid' })
  })
})
