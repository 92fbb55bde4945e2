import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError, type Latent, type Model, type ModelHost } from '@beatloom/core'
import { afterAll, describe, expect, it } from 'vitest'
import { type DenoiseOptions, denoise, denoiseVariations } from './denoise.ts'
import type { Fallback } from './denoise-fallback.ts'
import { familyOf } from './families.ts'
import { makeTinyWan } from './testing/model-folders.ts'
import { fixtureHost } from './testing/pocket-inputs.ts'

const models = await mkdtemp(join(tmpdir(), 'beatloom-fallback-'))
const host = fixtureHost({ folders: [models] })
afterAll(async () => {
  await host.close()
  await rm(models, { recursive: true, force: true })
})
await makeTinyWan('tiny-wan-t2v', models)
const family = familyOf('wan-t2v')
const loaded = family.load(await host.open('tiny-wan-t2v'), 'auto')
const experts = [...loaded.high.experts, ...loaded.low.experts]
const model: Model = { ...loaded.high, experts, boundaryStep: 1 }
const { signal } = new AbortController()
const words = { text: 'the red sea', negative: '', weight: 1 }
const { conditioning } = await family.encodePrompt(host, loaded.textEncoder, words, signal)
/** 49 frames are 13 latent ones. */
const latent = family.emptyVideo!({ width: 32, height: 32 }, 49)

/** Refuses more latent frames than that at once, as a device would. */
const small = (most: number, component?: string): ModelHost => ({
  ...host,
  run(which, inputs, ...rest) {
    const frames = inputs['hidden_states']?.dims[2] ?? 0
    if (frames <= most || (component && which.component !== component)) return host.run(which, inputs, ...rest)
    return Promise.reject(new AppError('not_enough_memory', 'CUDA failure 2: out of memory'))
  },
})

const options = (told: Fallback[] = []): DenoiseOptions => ({
  ...{ seed: '5', steps: 2, sampler: 'unipc', shift: 0, signal },
  onFallback: (fallback) => void told.push(fallback),
})
const values = ({ tensors }: Latent) => tensors['hidden_states']!.data as Float32Array
const windowed = (length: number, overlap: number): Model => ({
  ...model,
  experts: model.experts.map((expert) => ({ ...expert, windows: { length, overlap } })),
})

describe('a denoiser that runs out of memory', () => {
  it('is shown windows of half the frames, as if they had been asked for, and the user is told each time', async () => {
    const told: Fallback[] = []
    const found = await denoise(small(6), model, conditioning, latent, options(told))
    expect(told).toEqual([
      {
        code: 'smaller_windows',
        text: 'Memory was not enough to denoise the video at once; it is made in windows of 21 frames that share 5. "Context windows" with these numbers makes it so from the start.',
      },
    ])
    const asked = await denoise(host, windowed(6, 2), conditioning, latent, options())
    expect(values(found)).toEqual(values(asked))
    expect(values(found)).not.toEqual(values(await denoise(host, model, conditioning, latent, options())))
  })

  it('gives the same wherever on the way it ran out', async () => {
    const first = await denoise(small(6), model, conditioning, latent, options())
    const second = await denoise(small(6, 'transformer_2'), model, conditioning, latent, options())
    expect(values(second)).toEqual(values(first))
  })

  it('gets windows only on the experts that show more, and ever smaller ones', async () => {
    const told: Fallback[] = []
    const own = { ...model, experts: [{ ...model.experts[0]!, windows: { length: 5, overlap: 3 } }, model.experts[1]!] }
    const found = await denoise(small(5), own, conditioning, latent, options(told))
    expect(told.map(({ text }) => /windows of \d+/.exec(text)?.[0])).toEqual(['windows of 21', 'windows of 17'])
    const asked = { ...own, experts: [own.experts[0]!, { ...own.experts[1]!, windows: { length: 5, overlap: 1 } }] }
    expect(values(found)).toEqual(values(await denoise(host, asked, conditioning, latent, options())))
  })

  it('fails clearly where the shortest windows do not fit', async () => {
    await expect(denoise(small(4), model, conditioning, latent, options())).rejects.toMatchObject({
      code: 'not_enough_memory',
      message:
        'Memory is not enough to denoise 17 frames at once; make the video smaller, or run the model where there is more memory.',
    })
  })

  it('makes all variations anew in the same windows', async () => {
    const told: Fallback[] = []
    const { seed: _, ...shared } = options(told)
    const found = await denoiseVariations(small(6), model, conditioning, latent, ['5', '6'], shared)
    expect(told.length).toBe(1)
    expect(values(found[0]!)).toEqual(values(await denoise(small(6), model, conditioning, latent, options())))
  })

  it('is left alone where the weights are too large, or something else is wrong', async () => {
    const tooLarge = new AppError('not_enough_memory', 'Too large.', { details: { sizeBytes: 9e9 } })
    for (const error of [tooLarge, new AppError('provider_failed', 'CUDA failure 700')]) {
      const told: Fallback[] = []
      const failing: ModelHost = { ...host, run: () => Promise.reject(error) }
      await expect(denoise(failing, model, conditioning, latent, options(told))).rejects.toBe(error)
      expect(told).toEqual([])
    }
  })
})
