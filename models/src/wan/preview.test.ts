import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Latent, ModelHost } from '@beatloom/core'
import { afterAll, describe, expect, it } from 'vitest'
import { familyOf } from '../families.ts'
import { torchCpuRandn } from '../noise/torch-random.ts'
import { makeTinyWan, type TinyWan } from '../testing/model-folders.ts'
import { fixtureHost } from '../testing/pocket-inputs.ts'
import { WAN, type WanKind } from './contract.ts'
import { latentPictures } from './preview.ts'
import { previewMapOf } from './preview-map.ts'

const models = await mkdtemp(join(tmpdir(), 'beatloom-preview-'))
const dataFolder = join(models, 'data')
const host = fixtureHost({ folders: [models], dataFolder })
afterAll(async () => {
  await host.close()
  await rm(models, { recursive: true, force: true })
})
const { signal } = new AbortController()
const SEED = '23'

async function opened(kind: TinyWan) {
  await makeTinyWan(kind, models)
  const installed = await host.open(kind)
  const family = familyOf(installed.family)
  return { family, loaded: family.load(installed, 'auto'), facts: WAN[installed.family as WanKind] }
}

/** Random patches that stay or move on, of 9 frames and 12 × 16 latent pixels; another seed than the fit's. */
function clip({ facts, family }: Awaited<ReturnType<typeof opened>>): Latent {
  const [frames, rows, columns] = [3, 12, 16]
  const patches = torchCpuRandn(SEED, facts.channels * 6 * 10)
  const data = new Float32Array(facts.channels * frames * rows * columns)
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [i % columns, Math.floor(i / columns) % rows]
    const [f, c] = [Math.floor(i / (rows * columns)) % frames, Math.floor(i / (rows * columns * frames))]
    data[i] = patches[(c * 6 + Math.floor(y / 2)) * 10 + Math.floor((x + f) / 2)]!
  }
  const dims = [1, facts.channels, frames, rows, columns]
  return {
    ...{ family: family.name, tensors: { hidden_states: { dims, data } }, latentRate: 4 },
    video: { width: columns * facts.pixels, height: rows * facts.pixels, frameRate: 16, frameCount: 9 },
    ...{ reference: null, light: null },
  }
}

/** Correlation of two rows of values. */
function correlation(a: number[], b: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [ma, mb] = [mean(a), mean(b)]
  const product = (x: number[], mx: number, y: number[], my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0)
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb))
}

describe.each(['tiny-wan-t2v', 'tiny-wan-ti2v'] as const)('a preview of %s', async (kind) => {
  const wan = await opened(kind)
  const { channels, pixels: scale } = wan.facts

  it('resembles the frames that the decoder makes', async () => {
    const map = await previewMapOf(host, wan.loaded.vae.decoder, { channels, scale }, signal)
    const latent = clip(wan)
    const drawn = latentPictures(latent, map, 12)
    expect(drawn.map(({ width, height }) => [width, height])).toEqual(new Array(3).fill([16, 12]))
    // What the decoder makes of each latent pixel, in the mean over its square and its frames.
    const found = drawn.flatMap(({ data }) => [...data])
    const real = new Array<number>(found.length).fill(0)
    let index = 0
    for await (const { width, data } of wan.family.decode(host, wan.loaded.vae, latent).frames(signal)) {
      const share = 1 / (scale * scale * (index === 0 ? 1 : 4))
      const from = Math.ceil(index++ / 4) * 12 * 16
      for (const [i, value] of data.entries()) {
        const [colour, x, y] = [i % 3, Math.floor(i / 3) % width, Math.floor(i / (3 * width))]
        real[3 * (from + Math.floor(y / scale) * 16 + Math.floor(x / scale)) + colour]! += share * value
      }
    }
    expect(index).toBe(9)
    // Measured: 0.917 for Wan2.1's kind of decoder, 0.912 for Wan2.2's, both with random weights.
    expect(correlation(found, real), `seed ${SEED}`).toBeGreaterThan(0.88)
  })

  it('comes of a map that is worked out once, also across starts', async () => {
    const calls: string[] = []
    const counting = (inner: ModelHost): ModelHost => ({
      ...inner,
      run(component, ...rest) {
        calls.push(component.component)
        return inner.run(component, ...rest)
      },
    })
    const map = await previewMapOf(host, wan.loaded.vae.decoder, { channels, scale }, signal)
    expect(map.rows.map((row) => row.length)).toEqual(new Array(3).fill(channels + 1))
    const later = fixtureHost({ folders: [models], dataFolder })
    const decoder = wan.loaded.vae.decoder
    expect(await previewMapOf(counting(later), decoder, { channels, scale }, signal)).toEqual(map)
    expect(calls).toEqual([])
    const other = { ...decoder, sha256: `another ${kind}` }
    expect(await previewMapOf(counting(later), other, { channels, scale }, signal)).toEqual(map)
    // Three latent frames of four clips, in two calls each.
    expect(calls).toEqual(new Array(8).fill('vae_decoder'))
    await later.close()
  })

  it('is a moving picture of 256 pixels, as that of the model in the box', async () => {
    const draw = await wan.family.openPreview!(host, wan.loaded.high, signal)
    const picture = await draw!(clip(wan))
    const bytes = Buffer.from(picture!.bytes)
    // Width and height less one stand in the VP8X chunk, and each frame is an ANMF chunk (WebP container specification).
    expect([picture!.mime, 1 + bytes.readUIntLE(24, 3), 1 + bytes.readUIntLE(27, 3)]).toEqual(['image/webp', 256, 192])
    expect(bytes.toString('latin1').split('ANMF').length - 1).toBe(3)
    const { decoder: _, ...without } = wan.loaded.high
    expect(await wan.family.openPreview!(host, without, signal)).toBeNull()
  })
})
