import type { ComponentRef, Model, ModelHost, TensorData } from '@beatloom/core'
import { afterAll, describe, expect, it } from 'vitest'
import { type DenoiseOptions, denoise, denoiseVariations } from './denoise.ts'
import { expertAt } from './denoise-once.ts'
import { torchCpuRandn } from './noise/torch-random.ts'
import { fixtureHost, pocketInputs, tinyPocket } from './testing/pocket-inputs.ts'

const host = fixtureHost()
afterAll(() => host.close())
const loaded = await tinyPocket(host)
const both: Model = { ...loaded.high, experts: [...loaded.high.experts, ...loaded.low.experts] }
const inputs = await pocketInputs(host, loaded)

const options = (overrides: Partial<DenoiseOptions> = {}): DenoiseOptions => ({
  seed: '7',
  steps: 8,
  sampler: 'flow-match-euler',
  shift: 0,
  signal: new AbortController().signal,
  ...overrides,
})

/** Passes calls on to the fixture host and notes which expert was called at which timestep. */
function noting(inner: ModelHost = host): { host: ModelHost; calls: { expert: string; timestep: number }[] } {
  const calls: { expert: string; timestep: number }[] = []
  return {
    calls,
    host: {
      ...inner,
      run(component, tensors, signal) {
        calls.push({ expert: component.component, timestep: (tensors['timestep']!.data as Float32Array)[0]! })
        return inner.run(component, tensors, signal)
      },
    },
  }
}

describe('denoising', () => {
  it('takes all high-noise steps first, each guided twice, then the low-noise ones once', async () => {
    const { host: noted, calls } = noting()
    await denoise(noted, both, inputs.conditioning, inputs.latent, options())
    // Shift 8, 8 steps: 1000, 982, 960, 930, 889 | 828, 727, 533.
    expect(calls.map((call) => call.expert)).toEqual([
      ...Array<string>(10).fill('transformer'),
      ...Array<string>(3).fill('transformer_2'),
    ])
    expect(calls.map((call) => Math.round(call.timestep))).toEqual([
      1000, 1000, 982, 982, 960, 960, 930, 930, 889, 889, 828, 727, 533,
    ])
  })
  it('leaves the unconditional pass out at guidance 1', async () => {
    const { host: noted, calls } = noting()
    const plain = { ...both, experts: both.experts.map((expert) => ({ ...expert, guidance: 1 })) }
    await denoise(noted, plain, inputs.conditioning, inputs.latent, options({ steps: 3 }))
    expect(calls.length).toBe(3)
  })
  it('never calls an expert that no step falls to', async () => {
    const { host: noted, calls } = noting()
    await denoise(noted, { ...both, boundary: 0 }, inputs.conditioning, inputs.latent, options({ steps: 2 }))
    expect(new Set(calls.map((call) => call.expert))).toEqual(new Set(['transformer']))
  })
  it('gives the same bytes for the same seed and others for another', async () => {
    const run = async (overrides: Partial<DenoiseOptions>, on: ModelHost = host) =>
      (await denoise(on, both, inputs.conditioning, inputs.latent, options(overrides))).tensors
    const again = fixtureHost({ threads: 1 })
    for (const sampler of ['flow-match-euler', 'unipc'] as const) {
      const first = await run({ sampler })
      expect(await run({ sampler })).toEqual(first)
      expect(await run({ sampler }, again)).toEqual(first)
      expect(await run({ sampler, seed: '8' })).not.toEqual(first)
      for (const { data } of Object.values(first)) expect((data as Float32Array).every(Number.isFinite)).toBe(true)
    }
    await again.close()
  })
  it('starts from one draw of noise over all tensors in their order', async () => {
    let seen: Record<string, TensorData> | undefined
    const watching: ModelHost = {
      ...host,
      run(component, tensors, signal) {
        seen ??= tensors
        return host.run(component, tensors, signal)
      },
    }
    await denoise(watching, both, inputs.conditioning, inputs.latent, options({ steps: 1 }))
    const fields = seen!['hidden_states']!.data as Float32Array
    const camera = seen!['camera_states']!.data as Float32Array
    const noise = torchCpuRandn('7', fields.length + camera.length)
    expect(fields).toEqual(noise.slice(0, fields.length))
    expect(camera).toEqual(noise.slice(fields.length))
  })
  it('follows prompt, sound and picture', async () => {
    const result = async (change: Parameters<typeof pocketInputs>[2]) => {
      const changed = await pocketInputs(host, loaded, change)
      return (await denoise(host, both, changed.conditioning, changed.latent, options({ steps: 2 }))).tensors
    }
    const plain = await result({})
    expect(await result({ text: 'zoom in' })).not.toEqual(plain)
    expect(await result({ negative: 'glow' })).not.toEqual(plain)
    expect(await result({ weight: 1.5 })).not.toEqual(plain)
    expect(await result({})).toEqual(plain)
  })
  it('shows after each step what the clean latent would be, which at the last step is the result', async () => {
    const shown: Record<string, TensorData>[] = []
    const { tensors } = await denoise(
      host,
      both,
      inputs.conditioning,
      inputs.latent,
      options({
        steps: 3,
        onStep: (_step, _steps, clean) => void shown.push(clean().tensors),
      }),
    )
    expect(shown.length).toBe(3)
    for (const [name, { data }] of Object.entries(tensors)) {
      const last = shown[2]![name]!.data as Float32Array
      for (let k = 0; k < data.length; k += 97) expect(last[k]).toBeCloseTo(Number(data[k]), 5)
    }
    expect(shown[0]).not.toEqual(shown[2])
  })
  it('ends within one call of the network after an abort', async () => {
    const control = new AbortController()
    const { host: noted, calls } = noting()
    const aborted = denoise(
      noted,
      both,
      inputs.conditioning,
      inputs.latent,
      options({
        signal: control.signal,
        onStep: (step) => (step === 2 ? control.abort() : undefined),
      }),
    )
    await expect(aborted).rejects.toMatchObject({ code: 'run_cancelled' })
    expect(calls.length).toBe(4)
  })
  it('refuses a conditioning without picture and sound, and one of another kind of model', async () => {
    const { encoder_hidden_states, encoder_attention_mask } = inputs.conditioning.positive
    const words = {
      ...inputs.conditioning,
      positive: { encoder_hidden_states: encoder_hidden_states!, encoder_attention_mask: encoder_attention_mask! },
    }
    await expect(denoise(host, both, words, inputs.latent, options())).rejects.toMatchObject({
      code: 'input_invalid',
      message: expect.stringContaining('lacks audio_embeds, image_embeds, matte, motion_strength'),
    })
    const foreign = { ...inputs.conditioning, family: 'wan-t2v' }
    await expect(denoise(host, both, foreign, inputs.latent, options())).rejects.toThrow('made for "wan-t2v" models')
    await expect(denoise(host, both, inputs.conditioning, inputs.latent, options({ seed: '-1' }))).rejects.toThrow(
      'seed',
    )
  })
  it('makes several seeds with one change of experts, each as it would be alone', async () => {
    const { host: noted, calls } = noting()
    const steps: [number, number][] = []
    const { seed: _, ...shared } = options({ onStep: (step, all) => void steps.push([step, all]) })
    const seeds = ['3', '4', '5']
    const latents = await denoiseVariations(noted, both, inputs.conditioning, inputs.latent, seeds, shared)
    const experts = calls.map(({ expert }) => expert)
    expect(experts.filter((expert, k) => k > 0 && expert !== experts[k - 1])).toEqual(['transformer_2'])
    expect(steps.at(-1)).toEqual([steps.length, steps.length])
    for (const [k, seed] of seeds.entries()) {
      const alone = await denoise(host, both, inputs.conditioning, inputs.latent, options({ seed }))
      expect(latents[k]!.tensors).toEqual(alone.tensors)
    }
  })
  it('keeps one expert in memory at a time when the budget holds one', async () => {
    const tight = fixtureHost({ memoryBudgetBytes: 3000 })
    const resident: string[][] = []
    await denoise(
      tight,
      both,
      inputs.conditioning,
      inputs.latent,
      options({
        onStep: async () => {
          resident.push(await tight.resident())
        },
      }),
    )
    // A tiny expert has 1,612 bytes.
    expect(resident.slice(0, 5)).toEqual(Array(5).fill(['tiny-pocket/transformer']))
    expect(resident.slice(5)).toEqual(Array(3).fill(['tiny-pocket/transformer_2']))
    await tight.close()
  })
})

describe('choice of the expert', () => {
  const expert = { component: {} as ComponentRef, guidance: 1 }
  const model: Model = { family: 'pocket', experts: [expert, expert], boundary: 0.875, boundaryStep: null, shift: 8 }
  it('is by timestep, 875 itself being high', () => {
    expect([900, 875, 874.99].map((timestep) => expertAt(model, 0, timestep))).toEqual([0, 0, 1])
  })
  it('is by step where the model says one', () => {
    expect([0, 2, 3].map((step) => expertAt({ ...model, boundaryStep: 3 }, step, 0))).toEqual([0, 0, 1])
  })
  it('is none where there is one', () => {
    expect(expertAt({ ...model, experts: [expert] }, 7, 1)).toBe(0)
  })
})
