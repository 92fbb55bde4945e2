import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArtifactStore, Image, Mask, Vae } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { createModelHost, familyOf } from '@beatloom/models'
import { afterAll, describe, expect, it } from 'vitest'
import { subjectMask } from './subject-mask.ts'

const models = createModelHost({ folders: [], provider: 'cpu', threads: 2 })
const folder = await mkdtemp(join(tmpdir(), 'beatloom-subject-'))
afterAll(async () => {
  await models.close()
  await rm(folder, { recursive: true })
})
const artifacts: ArtifactStore = {
  adopt: async (path, name) => ({ path, name, sha256: '0'.repeat(64) }),
  scratch: async (suffix) => join(folder, `shown${suffix}`),
}
const { vae } = familyOf('pocket').load(await models.open('pocket'), 'cpu')

const inside = (x: number, y: number) => Math.hypot(x - 0.5, (y - 0.36) / 1.25) < 0.13 || body(x, y)
const body = (x: number, y: number) => y > 0.5 && Math.hypot(x - 0.5, (y - 1) / 1.5) < 0.32

/** A head and shoulders of skin and cloth before a blue wall, drawn by arithmetic. */
function bust(width: number, height: number): Image {
  const data = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [(x + 0.5) / width, (y + 0.5) / height]
      const shade = 0.85 + 0.15 * Math.cos(4 * (u - 0.42))
      const skin = inside(u, v) && !body(u, v)
      const hair = skin && v < 0.29 + 0.3 * (u - 0.5) ** 2
      const eye = skin && Math.abs(v - 0.35) < 0.012 && Math.abs(Math.abs(u - 0.5) - 0.05) < 0.02
      const colour = hair || eye ? [50, 35, 28] : skin ? [224, 172, 140] : body(u, v) ? [60, 62, 70] : [150, 178, 205]
      data.set(
        colour.map((value) => Math.round(value * (inside(u, v) ? shade : 1))),
        3 * (y * width + x),
      )
    }
  }
  return { width, height, channels: 3, data }
}

const flat = (width: number, height: number): Image => ({
  width,
  height,
  channels: 3,
  data: new Uint8Array(3 * width * height).fill(120),
})

const find = (image: Image, encoder?: Vae, params = {}) =>
  runNode(subjectMask, encoder ? { image, vae: encoder } : { image }, params, { models, artifacts })

/** Intersection over union of the mask above one half with the truth. */
function overlap({ width, height, data }: Mask, truth: (x: number, y: number) => boolean): number {
  let both = 0
  let either = 0
  data.forEach((value, i) => {
    const wanted = truth(((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height)
    both += Number(value > 127 && wanted)
    either += Number(value > 127 || wanted)
  })
  return both / either
}

describe('mask.subject', () => {
  it.each([
    ['landscape', 640, 400],
    ['upright', 300, 420],
    ['square and small', 96, 96],
  ])('finds head and shoulders in a picture that is %s', async (_name, width, height) => {
    const { mask, found, certainty, display } = await find(bust(width, height))
    expect(mask).toMatchObject({ width, height })
    // The drawing is no photograph; a real portrait reaches more (models/selfie-segmentation/README.md).
    expect(overlap(mask as Mask, inside)).toBeGreaterThan(0.8)
    expect(found).toBe(true)
    expect(certainty).toBeGreaterThan(0.8)
    expect(display).toMatchObject([
      { kind: 'text', text: expect.stringMatching(/^The subject covers \d+ % of the picture, \d+ % sure\.$/) },
      { kind: 'image', width: expect.any(Number) },
    ])
  })

  it('lets the model guess where nothing stands out, and says so', async () => {
    const { found, display, mask } = await find(flat(200, 120), vae)
    expect(found).toBe(false)
    expect(mask).toMatchObject({ width: 200, height: 120 })
    const text = display.find((item) => item.kind === 'text')
    expect(text).toMatchObject({ text: expect.stringMatching(/^Nothing stands out .* own guess\. The subject covers/) })
  })

  it('refuses, rather than giving an empty mask, where nobody can guess', async () => {
    await expect(find(flat(200, 120))).rejects.toMatchObject({
      code: 'input_invalid',
      message: expect.stringContaining('No subject stands out'),
    })
  })

  it('counts a find below the wanted certainty or size as none', async () => {
    expect((await find(bust(320, 200), vae, { leastShare: 0.5 })).found).toBe(false)
    expect((await find(bust(320, 200), vae, { leastShare: 0.05 })).found).toBe(true)
  })

  it('takes pictures of one pixel and of one channel', async () => {
    expect((await find(flat(1, 1), vae)).mask).toMatchObject({ width: 1, height: 1 })
    const grey: Image = { width: 50, height: 30, channels: 1, data: new Uint8Array(1500).fill(7) }
    expect((await find(grey, vae)).mask).toMatchObject({ width: 50, height: 30 })
  })
})
