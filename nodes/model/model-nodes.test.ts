import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Model } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { fixtureHost } from '@beatloom/models/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { loadModel } from './load.ts'
import { moeSwitch } from './moe-switch.ts'

const models = fixtureHost()
afterAll(() => models.close())

describe('model.load', () => {
  it('hands out the parts of an installed model', async () => {
    const loaded = await runNode(loadModel, {}, { model: 'tiny-pocket' }, { models })
    expect(loaded.high).toMatchObject({ family: 'pocket', experts: [{ component: { component: 'transformer' } }] })
    expect(loaded.low).toMatchObject({ experts: [{ component: { component: 'transformer_2' } }] })
    expect(loaded.vae).toMatchObject({ encoder: { component: 'image_encoder' }, decoder: { component: 'vae_decoder' } })
    expect(loaded.textEncoder).toMatchObject({ component: { component: 'text_encoder' } })
    expect(loaded.audioEncoder).toMatchObject({ component: { component: 'audio_encoder' } })
  })
  it('names the model it depends on, for the cache key', () => {
    expect(loadModel.modelsUsed?.(loadModel.params.parse({ model: 'tiny-pocket' }))).toEqual(['tiny-pocket'])
  })
  it('says which models there are when the named one is missing', async () => {
    await expect(runNode(loadModel, {}, { model: 'wan' }, { models })).rejects.toMatchObject({
      code: 'model_missing',
      details: { valid: expect.arrayContaining(['tiny-pocket']) },
    })
  })
  it('names every part that a model lacks', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'beatloom-partial-'))
    await cp(join(import.meta.dirname, '../../models/src/testing/tiny-pocket'), join(folder, 'partial'), {
      recursive: true,
    })
    await rm(join(folder, 'partial/transformer_2'), { recursive: true })
    await rm(join(folder, 'partial/tokenizer'), { recursive: true })
    const host = fixtureHost({ folders: [folder] })
    await expect(runNode(loadModel, {}, { model: 'partial' }, { models: host })).rejects.toMatchObject({
      code: 'model_missing',
      message: 'The model "partial" is incomplete: it has no tokenizer, no transformer_2.',
    })
    await host.close()
    await rm(folder, { recursive: true })
  })
  it('refuses a kind of model that no adapter knows', async () => {
    await expect(runNode(loadModel, {}, { model: 'graphs' }, { models })).rejects.toMatchObject({
      code: 'model_invalid',
    })
  })
})

describe('model.moe-switch', () => {
  const expert = (component: string, guidance: number): Model => ({
    family: 'pocket',
    experts: [{ component: { folder: '/m', component, sha256: '' }, guidance }],
    boundary: 0.875,
    boundaryStep: null,
    shift: 8,
  })
  const [high, low] = [expert('transformer', 1.5), expert('transformer_2', 1)]
  const switched = async (params: Record<string, unknown>) =>
    (await runNode(moeSwitch, { high, low }, params)).model as Model

  it('joins two experts with the model’s own boundary and guidance', async () => {
    const model = await switched({})
    expect(model.experts.map(({ component, guidance }) => [component.component, guidance])).toEqual([
      ['transformer', 1.5],
      ['transformer_2', 1],
    ])
    expect(model).toMatchObject({ boundary: 0.875, boundaryStep: null, shift: 8 })
  })
  it('takes a boundary, guidances or a step instead', async () => {
    const model = await switched({ boundary: 0.5, guidanceHigh: 3, guidanceLow: 2 })
    expect(model).toMatchObject({ boundary: 0.5, boundaryStep: null, experts: [{ guidance: 3 }, { guidance: 2 }] })
    expect(await switched({ by: 'step', step: 3 })).toMatchObject({ boundaryStep: 3 })
    // A boundary of 0 is one: every step is the high-noise expert's.
    expect(await switched({ boundary: 0 })).toMatchObject({ boundary: 0 })
  })
  it('refuses experts of different kinds, and a missing boundary', async () => {
    const foreign = { ...low, family: 'wan-t2v' }
    await expect(async () => runNode(moeSwitch, { high, low: foreign })).rejects.toThrow('different kinds')
    const unbound = (model: Model) => ({ ...model, boundary: null })
    await expect(async () => runNode(moeSwitch, { high: unbound(high), low: unbound(low) })).rejects.toThrow(
      'no boundary',
    )
  })
  it('finds a boundary between -1 and 0 wrong before anything runs', () => {
    const problems = moeSwitch.check?.(moeSwitch.params.parse({ boundary: -0.5 }))
    expect(problems?.[0]?.param).toBe('boundary')
    expect(moeSwitch.check?.(moeSwitch.params.parse({}))).toEqual([])
  })
})
