import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArtifactStore, Image, Mask } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { drawStrokes, type Stroke } from './draw-strokes.ts'
import { paintMask } from './paint-mask.ts'

const empty = (width: number, height: number): Mask => ({ width, height, data: new Uint8Array(width * height) })
const drawn = (mask: Mask, ...strokes: Stroke[]): Mask => {
  drawStrokes(mask, strokes)
  return mask
}
const area = ({ data }: Mask): number => data.reduce((sum, value) => sum + value, 0) / 255

describe('strokes', () => {
  it('cover a disc where the brush is set down, and a capsule where it is drawn', () => {
    const dot = drawn(empty(200, 100), { mode: 'add', radius: 0.1, points: [[0.5, 0.5]] })
    // π · 20²; the pixel's smooth edge adds nothing on the whole.
    expect(area(dot)).toBeCloseTo(Math.PI * 400, -1)
    expect(dot.data[50 * 200 + 100]).toBe(255)
    const line = drawn(empty(200, 100), {
      mode: 'add',
      radius: 0.05,
      points: [
        [0.2, 0.5],
        [0.8, 0.5],
      ],
    })
    expect(area(line)).toBeCloseTo(Math.PI * 100 + 120 * 20, -1)
  })

  it('take away what an eraser passes, in the order they were drawn', () => {
    const disc = (mode: 'add' | 'erase', radius: number): Stroke => ({ mode, radius, points: [[0.5, 0.5]] })
    const ring = drawn(empty(100, 100), disc('add', 0.4), disc('erase', 0.2))
    expect(area(ring)).toBeCloseTo(Math.PI * (1600 - 400), -1)
    expect(area(drawn(empty(100, 100), disc('erase', 0.2), disc('add', 0.4)))).toBeCloseTo(Math.PI * 1600, -1)
  })

  it('may lie partly or wholly outside', () => {
    expect(area(drawn(empty(50, 50), { mode: 'add', radius: 0.1, points: [[0, 0]] }))).toBeCloseTo(
      (Math.PI * 25) / 4,
      0,
    )
    expect(area(drawn(empty(50, 50), { mode: 'add', radius: 0.1, points: [[1.5, 2]] }))).toBe(0)
  })
})

describe('mask.paint', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'beatloom-paint-'))
  afterAll(() => rm(folder, { recursive: true }))
  const artifacts: ArtifactStore = {
    adopt: async (path, name) => ({ path, name, sha256: '0'.repeat(64) }),
    scratch: async (suffix) => join(folder, `shown${suffix}`),
  }
  const image: Image = { width: 300, height: 200, channels: 3, data: new Uint8Array(300 * 200 * 3).fill(99) }
  const paint = (strokes: unknown[], mask?: Mask) =>
    runNode(paintMask, mask ? { image, mask } : { image }, { strokes }, { artifacts })

  it('gives a mask of the picture’s size, and shows it', async () => {
    const { mask, display } = await paint([{ points: [[0.5, 0.5]], radius: 0.1 }])
    expect(mask).toMatchObject({ width: 300, height: 200 })
    expect(area(mask as Mask)).toBeCloseTo(Math.PI * 900, -2)
    expect(display).toMatchObject([{ kind: 'image' }])
  })

  it('goes on from another mask of any size', async () => {
    const full: Mask = { width: 30, height: 20, data: new Uint8Array(600).fill(255) }
    const { mask, display } = await paint([{ mode: 'erase', points: [[0.5, 0.5]], radius: 0.1 }], full)
    // What was there before is shown too, so that it can be seen while it is corrected.
    expect(display).toMatchObject([{ kind: 'image', start: { name: 'subject start.jpg' } }])
    expect(area(mask as Mask)).toBeCloseTo(60_000 - Math.PI * 900, -2)
    expect(area((await paint([], full)).mask as Mask)).toBe(60_000)
    expect(area((await paint([])).mask as Mask)).toBe(0)
  })

  it('refuses strokes that are none', () => {
    for (const strokes of [[{ points: [] }], [{ points: [[0.5]] }], [{ points: [[0.5, 0.5]], radius: 2 }]]) {
      expect(paintMask.params.safeParse({ strokes }).success).toBe(false)
    }
  })
})
