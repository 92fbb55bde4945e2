import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError, type ComponentRef, type Latent, type ModelHost } from '@beatloom/core'
import { afterAll, describe, expect, it } from 'vitest'
import { torchCpuRandn } from '../../noise/torch-random.ts'
import { fixtureHost, fixturesFolder } from '../../testing/pocket-inputs.ts'
import { decodeVideo } from './decode-video.ts'
import { encodeClip } from './encode-clip.ts'
import { vaeFactsOf } from './vae-facts.ts'

const host = fixtureHost()
afterAll(() => host.close())
const { signal } = new AbortController()
const part = (folder: string, component: string): ComponentRef => ({
  folder: join(fixturesFolder, folder),
  component,
  sha256: '',
})
const SEED = '11'

/** @param rows, columns of latent pixels. */
function noise(frames: number, rows: number, columns: number): Latent {
  const dims = [1, 16, frames, rows, columns]
  const data = torchCpuRandn(SEED, 16 * frames * rows * columns)
  return {
    ...{ family: 'wan-t2v', tensors: { hidden_states: { dims, data } }, latentRate: 4 },
    video: { width: columns * 8, height: rows * 8, frameRate: 16, frameCount: 1 + 4 * (frames - 1) },
    ...{ reference: null, light: null },
  }
}

const linear = { family: 'wan-t2v', encoder: null, decoder: part('graphs', 'linear-decoder') }
const real = { family: 'wan-t2v', encoder: null, decoder: part('tiny-wan-t2v', 'vae_decoder') }

async function pixels(
  vae: typeof linear,
  latent: Latent,
  options: Parameters<typeof decodeVideo>[3],
  on: ModelHost = host,
): Promise<Uint8Array[]> {
  const all: Uint8Array[] = []
  for await (const { data } of decodeVideo(on, vae, latent, options).frames(signal)) all.push(data.slice())
  return all
}

const largestDifference = (a: Uint8Array[], b: Uint8Array[]): number => {
  expect(a.length).toBe(b.length)
  return a.reduce(
    (most, frame, k) => frame.reduce((each, value, i) => Math.max(each, Math.abs(value - b[k]![i]!)), most),
    0,
  )
}

describe('tiles', () => {
  it('of a decoder that sees no neighbours give the picture that it gives at once', async () => {
    const latent = noise(1, 19, 25)
    const whole = await pixels(linear, latent, { tile: 0 })
    for (const tile of [64, 96, 128]) {
      // Each blend rounds to whole shades once.
      expect(largestDifference(await pixels(linear, latent, { tile }), whole), `tile ${tile}`).toBeLessThanOrEqual(1)
    }
  })

  it('of a real decoder, whose attention sees the whole area, differ by few shades in the mean', async () => {
    const latent = noise(3, 16, 24)
    const whole = await pixels(real, latent, { tile: 0 })
    const tiled = await pixels(real, latent, { tile: 96 })
    expect(tiled.length).toBe(9)
    const off = tiled.reduce((sum, frame, k) => sum + frame.reduce((s, v, i) => s + Math.abs(v - whole[k]![i]!), 0), 0)
    expect(off / (9 * whole[0]!.length)).toBeLessThan(3)
  })

  it('wait in files while others are decoded, and are gone at the end, or where the reader leaves', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'beatloom-tiles-'))
    let count = 0
    const scratch = async (suffix: string) => join(folder, `${count++}${suffix}`)
    const { frames } = decodeVideo(host, real, noise(3, 16, 24), { tile: 96, scratch })
    let given = 0
    for await (const { data } of frames(signal)) {
      expect(data.length).toBe(3 * 128 * 192)
      // 2 by 3 tiles of 12 latent pixels, 9 frames of each.
      const sizes = await Promise.all(
        (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size),
      )
      expect(sizes).toEqual(new Array(6).fill(9 * 3 * 96 * 96))
      if (++given === 4) break
    }
    expect(await readdir(folder)).toEqual([])
    const stop = AbortSignal.abort()
    const refused = decodeVideo(host, real, noise(3, 16, 24), { tile: 96, scratch }).frames(stop)
    await expect(refused[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'run_cancelled' })
    expect([count, await readdir(folder)]).toEqual([7, []])
    await rm(folder, { recursive: true })
  })

  it('of an encoder that sees no neighbours give the latent that it gives at once', async () => {
    const component = part('graphs', 'linear-encoder')
    const facts = await vaeFactsOf(component, 16)
    const planes = torchCpuRandn(SEED, 3 * 152 * 200)
    const clip = { count: 1, width: 200, height: 152, frame: () => planes }
    const encode = (tile: number) =>
      encodeClip(host, { component, facts, scale: 8, tiling: { tile, overlap: Math.floor(tile / 4) } }, clip, signal)
    const whole = await encode(25)
    expect(whole.dims).toEqual([1, 16, 1, 19, 25])
    const tiled = await encode(8)
    for (const [k, value] of (tiled.data as Float32Array).entries()) expect(value).toBeCloseTo(Number(whole.data[k]), 4)
  })
})

describe('memory that is not enough', () => {
  /** Refuses everything over an area, as a device would. */
  const small = (most: number): ModelHost => ({
    ...host,
    run(component, inputs, ...rest) {
      const dims = (inputs['latent_sample'] ?? inputs['sample'])!.dims
      if (dims[3]! * dims[4]! <= most) return host.run(component, inputs, ...rest)
      return Promise.reject(new AppError('not_enough_memory', 'CUDA failure 2: out of memory'))
    },
  })

  it('leads to smaller tiles, told once for each size, and to the same frames', async () => {
    const latent = noise(3, 24, 24)
    const told: string[] = []
    const found = await pixels(real, latent, { tile: 0, tell: (text) => void told.push(text) }, small(150))
    expect(told).toEqual(['Memory was not enough to decode the video at once; it is decoded in tiles of 96 pixels.'])
    expect(largestDifference(found, await pixels(real, latent, { tile: 96 }))).toBe(0)
  })

  it('passes over what was read already when it runs out on the way', async () => {
    const latent = noise(5, 16, 16)
    let calls = 0
    const failing: ModelHost = {
      ...host,
      run(component, inputs, ...rest) {
        const dims = inputs['latent_sample']!.dims
        if (dims[3] === 16 && ++calls === 2) return Promise.reject(new AppError('not_enough_memory', 'out of memory'))
        return host.run(component, inputs, ...rest)
      },
    }
    const found = await pixels(real, latent, { tile: 0 }, failing)
    expect(found.length).toBe(17)
    const [whole, tiled] = [await pixels(real, latent, { tile: 0 }), await pixels(real, latent, { tile: 64 })]
    expect(largestDifference(found.slice(0, 5), whole.slice(0, 5))).toBe(0)
    expect(largestDifference(found.slice(5), tiled.slice(5))).toBe(0)
  })

  it('is left as it is where the weights alone are too large, for which tiles are no help', async () => {
    const error = new AppError('not_enough_memory', 'The weights are too large.', { details: { sizeBytes: 9e9 } })
    const full: ModelHost = { ...host, run: () => Promise.reject(error) }
    const told: string[] = []
    await expect(pixels(real, noise(2, 16, 16), { tell: (text) => void told.push(text) }, full)).rejects.toBe(error)
    expect(told).toEqual([])
  })

  it('is a clear failure where no tile is small enough, when decoding and when encoding', async () => {
    const refused = pixels(real, noise(2, 16, 16), { tile: 0 }, small(10))
    await expect(refused).rejects.toMatchObject({
      code: 'not_enough_memory',
      message: expect.stringContaining('even in the smallest tiles'),
    })
    const component = part('graphs', 'linear-encoder')
    const facts = await vaeFactsOf(component, 16)
    const clip = { count: 1, width: 128, height: 128, frame: () => new Float32Array(3 * 128 * 128) }
    await expect(encodeClip(small(10), { component, facts, scale: 8 }, clip, signal)).rejects.toMatchObject({
      code: 'not_enough_memory',
      message: expect.stringContaining('make the video smaller'),
    })
  })
})

it('decoding and encoding end with an abort, and leave nothing behind', async () => {
  const forgotten: string[] = []
  const noted: ModelHost = { ...host, forget: async (id) => void forgotten.push(id) }
  const stop = new AbortController()
  const decoded = async () => {
    for await (const _ of decodeVideo(noted, real, noise(5, 8, 8), { tile: 0 }).frames(stop.signal)) stop.abort()
  }
  await expect(decoded()).rejects.toMatchObject({ code: 'run_cancelled' })
  const component = part('tiny-wan-t2v', 'vae_encoder')
  const facts = await vaeFactsOf(component, 16)
  const again = new AbortController()
  const planes = new Float32Array(3 * 64 * 64)
  const frame = (index: number): Float32Array => {
    if (index === 7) again.abort()
    return planes
  }
  const clip = { count: 17, width: 64, height: 64, frame }
  const encoded = encodeClip(noted, { component, facts, scale: 8 }, clip, again.signal)
  await expect(encoded).rejects.toMatchObject({ code: 'run_cancelled' })
  expect(forgotten.length).toBe(2)
})

it('waits for nobody to forget: a cancelled call may go on for minutes', async () => {
  const slow: ModelHost = { ...host, forget: () => new Promise(() => {}) }
  expect((await pixels(real, noise(3, 8, 8), { tile: 0 }, slow)).length).toBe(9)
})

it('on a device a clip is decoded in few calls, with the same frames, and nothing is handed back after the last', async () => {
  const calls: { latents: number; handedOver: number; zeros: number[] | undefined }[] = []
  const device: ModelHost = {
    ...host,
    describe: async (component) => ({ ...(await host.describe(component)), provider: 'cuda' }),
    run(component, inputs, on, options) {
      const { names = {}, zeros } = options?.carry ?? {}
      const latents = inputs['latent_sample']!.dims[2]!
      calls.push({ latents, handedOver: Object.keys(names).length, zeros: zeros?.['cache.0'] })
      return host.run(component, inputs, on, options)
    },
  }
  const latent = noise(37, 4, 6)
  const found = await pixels(real, latent, { tile: 0 }, device)
  const caches = (await vaeFactsOf(real.decoder, 16)).caches
  const { channels, frames } = caches[0]!
  expect(calls).toEqual([
    { latents: 32, handedOver: caches.length, zeros: [1, channels, frames, 0, 0] },
    { latents: 5, handedOver: 0, zeros: undefined },
  ])
  expect(found.length).toBe(145)
  expect(largestDifference(found, await pixels(real, latent, { tile: 0 }))).toBeLessThanOrEqual(1)
})

it('a decoder that gives no finished pixels gives the same frames by its values', async () => {
  const latent = noise(3, 8, 8)
  const bare: ModelHost = {
    ...host,
    async describe(component) {
      const { outputs, ...rest } = await host.describe(component)
      return { ...rest, outputs: outputs.filter(({ name }) => name !== 'frames') }
    },
    run(component, inputs, on, options) {
      if (options?.outputs?.includes('frames')) return Promise.reject(new Error('There is no output "frames".'))
      return host.run(component, inputs, on, options)
    },
  }
  // Halves are rounded up here and to even numbers in the graph.
  const found = await pixels(real, latent, { tile: 0 }, bare)
  expect(largestDifference(found, await pixels(real, latent, { tile: 0 }))).toBeLessThanOrEqual(1)
})

it('memory does not grow with a clip’s length: what is carried stays the same, and nothing is left behind', async () => {
  const sizes: number[] = []
  const names = new Set<string>()
  const forgotten: string[] = []
  const noted: ModelHost = {
    ...host,
    async run(component, inputs, ...rest) {
      const outputs = await host.run(component, inputs, ...rest)
      const bytes = (all: object) => Object.values(all).reduce((sum, { data }) => sum + data.byteLength, 0)
      sizes.push(bytes(inputs) + bytes(outputs))
      for (const name in inputs) names.add(name)
      return outputs
    },
    async forget(id) {
      forgotten.push(id)
      await host.forget(id)
    },
  }
  await pixels(real, noise(21, 8, 8), { tile: 0 }, noted)
  expect(sizes.length).toBe(11)
  // The last has one latent frame less. Caches are neither brought, though they begin as zeros, nor given back.
  expect([...names].sort()).toEqual(['latent_sample', 'skip'])
  expect(new Set(sizes.slice(1, -1)).size).toBe(1)
  expect(sizes.at(-1)).toBeLessThanOrEqual(sizes[1]!)
  expect(forgotten.length).toBe(1)
})
