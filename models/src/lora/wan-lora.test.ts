import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ComponentRef, LoraRef, Model, TensorData } from '@beatloom/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { denoise } from '../denoise.ts'
import { familyOf, type LoadedModel } from '../families.ts'
import { torchCpuRandn } from '../noise/torch-random.ts'
import { fixtureHost, fixturesFolder } from '../testing/pocket-inputs.ts'
import { loraInputs } from './lora-inputs.ts'
import { readLoraMap } from './lora-map.ts'
import { openLora } from './open-lora.ts'

/** What diffusers computed with the LoRAs added to the weights; made by models/export/tiny_wan.py. */
const told = JSON.parse(readFileSync(join(fixturesFolder, 'tiny-wan-t2v/reference.json'), 'utf8'))
const { signal } = new AbortController()
const host = fixtureHost()
const family = familyOf('wan-t2v')
let loaded: LoadedModel
beforeAll(async () => {
  loaded = family.load(await host.open('tiny-wan-t2v'), 'auto')
})
afterAll(() => host.close())

type Style = 'diffusers' | 'original'
type Expert = 'high' | 'low'
const fileOf = (style: Style, expert: Expert) => {
  const name = `${style}-${expert}.safetensors`
  return { path: join(fixturesFolder, 'tiny-wan-t2v/lora', name), name, sha256: name }
}
const componentOf = (expert: Expert): ComponentRef => loaded[expert].experts[0]!.component

function largestDifference(actual: TensorData, expected: ArrayLike<number>): number {
  expect(actual.data).toHaveLength(expected.length)
  return Array.from(expected, (value, k) => Math.abs(value - Number(actual.data[k]))).reduce((a, b) => Math.max(a, b))
}

describe.each(['high', 'low'] as const)('the LoRA of the tiny Wan’s %s-noise expert', (expert) => {
  async function velocityWith(...loras: LoraRef[]): Promise<TensorData> {
    const normal = (...dims: number[]): TensorData => ({
      dims,
      data: torchCpuRandn(
        '3',
        dims.reduce((a, b) => a * b),
      ),
    })
    const inputs = {
      hidden_states: normal(1, 16, 3, 6, 8),
      timestep: { dims: [1], data: Float32Array.of(900) },
      encoder_hidden_states: normal(1, 12, 32),
    }
    return (await host.run({ ...componentOf(expert), loras }, inputs, signal))['out_hidden_states']!
  }

  it('is the same change in both styles of names', async () => {
    const map = await readLoraMap(componentOf(expert))
    const [one, other] = await Promise.all(
      (['diffusers', 'original'] as const).map(async (style) => {
        const lora = await openLora(fileOf(style, expert), map)
        expect(lora.layers.size).toBe(4)
        expect(lora.leftOut).toEqual([])
        return loraInputs(map, [{ lora, strength: 0.8 }], signal)
      }),
    )
    expect(Object.keys(one!)).toHaveLength(2 * Object.keys(map).length)
    for (const [name, tensor] of Object.entries(one!)) {
      expect(other![name]?.dims).toEqual(tensor.dims)
      // Alpha over rank is a power of two, so multiplying and dividing by it loses nothing.
      expect(other![name]?.data).toEqual(tensor.data)
    }
  })
  it('adds up when it is applied twice, and is nothing at strength 0', async () => {
    const at = (style: Style, strength: number) => ({ file: fileOf(style, expert), strength })
    const whole = await velocityWith(at('diffusers', 0.75))
    const plain = await velocityWith()
    const parts = await velocityWith(at('diffusers', 0.5), at('original', 0.25))
    expect(largestDifference(parts, whole.data as Float32Array)).toBeLessThan(1e-5)
    expect(largestDifference(plain, whole.data as Float32Array)).toBeGreaterThan(0.2)
    expect((await velocityWith(at('diffusers', 0))).data).toEqual(plain.data)
  })
})

it.each(['diffusers', 'original'] as const)(
  'the pair of LoRAs in %s names samples what diffusers samples with them added to the weights',
  async (style) => {
    const { lora: run, negative, prompts } = told
    const withLora = (expert: Expert, guidance: number): Model['experts'][number] => ({
      component: { ...componentOf(expert), loras: [{ file: fileOf(style, expert), strength: run.strength }] },
      guidance,
    })
    const experts = [withLora('high', run.guidanceHigh), withLora('low', run.guidanceLow)]
    const prompt = { text: prompts[0].text, negative, weight: 1 }
    const { conditioning } = await family.encodePrompt(host, loaded.textEncoder, prompt, signal)
    const latent = family.emptyVideo!({ width: run.width, height: run.height }, run.frames)
    const { tensors } = await denoise(host, { ...loaded.high, experts }, conditioning, latent, {
      seed: `${run.seed}`,
      steps: run.steps,
      sampler: 'unipc',
      rule: 'diffusers',
      shift: run.scheduler.flow_shift,
      signal,
    })
    // Values reach 4.3; the runtimes differ by 2e-6 a call, and eight calls add up to 2.2e-5.
    expect(largestDifference(tensors['hidden_states']!, run.latents)).toBeLessThan(1e-4)
  },
)
