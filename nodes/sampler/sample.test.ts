import type { Latent, Model, ModelHost } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { fixtureHost, pocketInputs, rampImage, tinyPocket } from '@beatloom/models/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { sample } from './sample.ts'

const models = fixtureHost()
afterAll(() => models.close())
const loaded = await tinyPocket(models)
const model: Model = { ...loaded.high, experts: [...loaded.high.experts, ...loaded.low.experts] }
const inputs = { model, ...(await pocketInputs(models, loaded)) }

describe('sampler.sample', () => {
  it('fills the latent, keeping its facts, with the same bytes for the same seed', async () => {
    const run = async (params: Record<string, unknown>) =>
      (await runNode(sample, inputs, params, { models })).latent as Latent
    const first = await run({ seed: '18446744073709551615' })
    expect({ ...first, tensors: {} }).toEqual({ ...inputs.latent, tensors: {} })
    expect(first.tensors['hidden_states']!.dims).toEqual([1, 4, 7, 16, 28])
    expect(await run({ seed: '18446744073709551615' })).toEqual(first)
    expect(await run({ seed: '1' })).not.toEqual(first)
    expect(await run({ seed: '1', sampler: 'unipc' })).not.toEqual(await run({ seed: '1' }))
    expect(await run({ seed: '1', shift: 3 })).not.toEqual(await run({ seed: '1' }))
  })
  it('frees the high-noise expert once it has done its part, and runs again all the same', async () => {
    const run = async () => (await runNode(sample, inputs, { seed: '3' }, { models })).latent as Latent
    const first = await run()
    const resident = await models.resident()
    expect(resident).toContain('tiny-pocket/transformer_2')
    expect(resident).not.toContain('tiny-pocket/transformer')
    expect(await run()).toEqual(first)
  })
  it('keeps both experts for the next round of a loop', async () => {
    await runNode(sample, inputs, { seed: '3' }, { models, repeated: true })
    expect(await models.resident()).toEqual(
      expect.arrayContaining(['tiny-pocket/transformer', 'tiny-pocket/transformer_2']),
    )
  })
  it('counts its steps', async () => {
    const steps: [number, number][] = []
    await runNode(sample, inputs, { steps: 3 }, { models, progress: (step, of) => steps.push([step, of]) })
    expect(steps).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 3],
    ])
  })
  it('shows a moving picture of what the latent is becoming', async () => {
    const latent = { ...inputs.latent, reference: rampImage(832, 480) }
    const previews: { mime: string; bytes: Uint8Array }[] = []
    const preview = (picture: { mime: string; bytes: Uint8Array }) => void previews.push(picture)
    const drawn = await runNode(sample, { ...inputs, latent }, { steps: 4 }, { models, preview })
    // The first is always shown; later ones wait until they cost little beside the steps.
    expect(previews.length).toBeGreaterThan(0)
    expect(previews[0]!.mime).toBe('image/webp')
    expect(Buffer.from(previews[0]!.bytes.subarray(8, 12)).toString()).toBe('WEBP')
    const plain = await runNode(sample, inputs, { steps: 4 }, { models })
    expect((drawn.latent as Latent).tensors).toEqual((plain.latent as Latent).tensors)
  })
  it('P5: draws no picture where none is wanted', async () => {
    const latent = { ...inputs.latent, reference: rampImage(832, 480) }
    let drawn = 0
    const context = { models, previews: false, preview: () => void drawn++ }
    await runNode(sample, { ...inputs, latent }, { steps: 3 }, context)
    expect(drawn).toBe(0)
  })
  it('stops between steps when it is cancelled', async () => {
    const control = new AbortController()
    let calls = 0
    const counting: ModelHost = {
      ...models,
      run(component, tensors, signal) {
        calls++
        return models.run(component, tensors, signal)
      },
    }
    const progress = (step: number) => {
      if (step === 6) control.abort()
    }
    await expect(
      runNode(sample, inputs, {}, { models: counting, signal: control.signal, progress }),
    ).rejects.toMatchObject({ code: 'run_cancelled' })
    // Five guided high-noise steps of two calls, one low-noise step of one.
    expect(calls).toBe(11)
  })
  it('takes seeds from 0 to 2^64 − 1 and steps from 1 to 50', () => {
    const problems = (seed: string) => {
      const parsed = sample.params.safeParse({ seed })
      return parsed.success ? sample.check!(parsed.data).length : 'refused'
    }
    expect(['0', '18446744073709551615', '18446744073709551616', '-1', '1e3', ''].map(problems)).toEqual([
      0,
      0,
      1,
      'refused',
      'refused',
      'refused',
    ])
    expect([1, 50, 0, 51, 2.5].map((steps) => sample.params.safeParse({ steps }).success)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
