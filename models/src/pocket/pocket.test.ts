import type { TensorData } from '@beatloom/core'
import { afterAll, describe, expect, it } from 'vitest'
import { familyOf } from '../families.ts'
import { fixtureHost, rampImage, tinyPocket } from '../testing/pocket-inputs.ts'
import { coverPlanes } from './area-resize.ts'
import { gridFor, latentDims, pictureTokens } from './contract.ts'
import { encodePicture, encodeSound } from './encode.ts'

const host = fixtureHost()
afterAll(() => host.close())
const model = await tinyPocket(host)
const { signal } = new AbortController()
const values = (tensor: TensorData | undefined) => tensor!.data as Float32Array

describe('loading', () => {
  it('hands out the parts with the contract’s boundary, shift and guidance', () => {
    expect(model.high).toMatchObject({ family: 'pocket', boundary: 0.875, boundaryStep: null, shift: 8 })
    expect(model.high.experts).toMatchObject([{ component: { component: 'transformer' }, guidance: 1.5 }])
    expect(model.low.experts).toMatchObject([{ component: { component: 'transformer_2' }, guidance: 1 }])
    expect(model.vae.encoder?.component).toBe('image_encoder')
    expect(model.textEncoder.tokenizer.component).toBe('tokenizer')
  })
  it('lets a model’s own files say otherwise, and pins a provider when told to', async () => {
    const installed = await host.open('tiny-pocket')
    const index = { boundary_ratio: 0.5, guidance_high: 3, guidance_low: 2 }
    const loaded = familyOf('pocket').load({ ...installed, index, scheduler: { shift: 5 } }, 'cpu')
    expect(loaded.high).toMatchObject({
      boundary: 0.5,
      shift: 5,
      experts: [{ guidance: 3, component: { provider: 'cpu' } }],
    })
    expect(loaded.low.experts[0]!.guidance).toBe(2)
  })
  it('refuses a kind of model it cannot run', () => {
    expect(() => familyOf('flux')).toThrow('"flux" cannot be run by this version; it runs: pocket')
    expect(() => familyOf('toString')).toThrow('cannot be run')
  })
})

describe('prompt', () => {
  const encode = async (text: string, weight = 1, negative = '') =>
    (await familyOf('pocket').encodePrompt(host, model.textEncoder, { text, negative, weight }, signal)).conditioning

  it('becomes [1, 40, 192] with a mask of its words, and another one for the negative', async () => {
    const { positive, negative } = await encode('slow pan right', 1, 'zoom')
    expect(positive['encoder_hidden_states']!.dims).toEqual([1, 40, 192])
    const words = (tensors: Record<string, TensorData>) =>
      [...(tensors['encoder_attention_mask']!.data as BigInt64Array)].reduce((sum, one) => sum + Number(one), 0)
    expect(words(positive)).toBe(3)
    expect(words(negative)).toBe(1)
    expect(words((await encode('pan')).negative)).toBe(0)
  })
  it('carries its weight and what the negative rules out beside the encoding', async () => {
    const plain = await encode('slow pan')
    expect(plain.limits).toEqual({ weight: 1, held: [] })
    const limited = await encode('slow pan', 1.5, 'zoom in, 闪烁')
    expect(limited.limits).toEqual({ weight: 1.5, held: ['zoom in', 'light', 'glow'] })
    expect(values(limited.positive['encoder_hidden_states'])).toEqual(values(plain.positive['encoder_hidden_states']))
  })
  it('says so when the negative names what the model does not make', async () => {
    const prompt = { text: 'pan', negative: 'ugly, zoom', weight: 1 }
    const { remarks } = await familyOf('pocket').encodePrompt(host, model.textEncoder, prompt, signal)
    expect(remarks).toEqual([expect.stringMatching(/^The model cannot keep away from "ugly"; it can from moves/)])
  })
  it('says so when it is longer than the model reads', async () => {
    const prompt = { text: 'pan '.repeat(50), negative: '', weight: 1 }
    const { remarks } = await familyOf('pocket').encodePrompt(host, model.textEncoder, prompt, signal)
    expect(remarks).toEqual(['The prompt has 50 words and signs; the model reads the first 40.'])
  })
})

describe('sound and picture', () => {
  it('become the denoiser’s shapes on all three grids', async () => {
    for (const aspect of ['16:9', '9:16', '1:1'] as const) {
      const grid = gridFor(aspect)
      const { image_embeds, matte } = await encodePicture(host, model.vae, rampImage(90, 60), grid, signal)
      expect(image_embeds.dims).toEqual([1, pictureTokens(grid), 256])
      expect(matte.dims).toEqual([1, grid.rows, grid.columns])
    }
    expect(pictureTokens(gridFor('1:1'))).toBe(121)
    const audio = await encodeSound(host, model.audioEncoder!, new Float32Array(90 * 7), signal)
    expect(audio.dims).toEqual([1, 15, 256])
  })
  it('are refused when the rows do not fill whole pairs of latent frames', async () => {
    await expect(encodeSound(host, model.audioEncoder!, new Float32Array(8 * 7), signal)).rejects.toMatchObject({
      code: 'input_invalid',
    })
  })
  it('have a latent of fields and camera', () => {
    expect(latentDims(80, gridFor('16:9'))).toEqual({ hidden_states: [1, 80, 7, 16, 28], camera_states: [1, 80, 4] })
  })
})

describe('picture planes', () => {
  it('average the pixels that each target pixel covers', () => {
    const image = { width: 4, height: 2, channels: 1 as const, data: Uint8Array.of(0, 51, 102, 153, 0, 51, 102, 153) }
    // Two pixels wide and one high: columns 0–1 and 2–3, (0 + 51) / 2 and (102 + 153) / 2 of 255.
    for (const plane of [0, 1, 2]) {
      const planes = coverPlanes(image, 2, 1)
      expect(planes[2 * plane]).toBeCloseTo(0.1)
      expect(planes[2 * plane + 1]).toBeCloseTo(0.5)
    }
  })
  it('cut the middle out of a picture of another aspect, and ignore alpha', () => {
    const wide = { width: 4, height: 1, channels: 4 as const, data: new Uint8Array(16) }
    // Of columns 0 … 3 the middle one pixel wide square is half of column 1 and half of column 2.
    wide.data.set([0, 0, 0, 9, 255, 0, 0, 9, 0, 255, 0, 9, 0, 0, 255, 9])
    expect([...coverPlanes(wide, 1, 1)]).toEqual([0.5, 0.5, 0])
  })
  it('keep a flat picture flat at any size', () => {
    const flat = { width: 31, height: 17, channels: 3 as const, data: new Uint8Array(3 * 31 * 17).fill(51) }
    for (const [width, height] of [
      [112, 64],
      [84, 84],
      [5, 3],
    ] as const) {
      for (const value of coverPlanes(flat, width, height)) expect(value).toBeCloseTo(0.2, 6)
    }
  })
})
