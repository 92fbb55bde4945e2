/** The song-video workflow on what nobody planned for: each gives a sensible clip or a refusal with a code. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readImage, readMp4Facts } from '@beatloom/media'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { flashesIn } from './bench/pocket/flashes.ts'
import { type Footage, readFootage } from './bench/pocket/footage.ts'
import { SAMPLES } from './folder/data-folder.ts'
import { fastKicks, lineArt, pageOfText, whiteNoise, writePicture, writeWav } from './testing/odd-media.ts'
import { type Order, openStudio, type Studio } from './testing/studio.ts'

const PATIENCE_MS = 120_000
const folder = mkdtempSync(join(tmpdir(), 'beatloom-odd-'))
const fixture = (name: string): string => join(SAMPLES, 'fixtures', name)
let studio: Studio

beforeAll(async () => {
  studio = await openStudio(join(folder, 'data'), { steps: 2 })
}, PATIENCE_MS)

afterAll(async () => {
  await studio?.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const SMALL = { duration: 3, resolution: '480p', frameRate: 24 } as const

/** Makes the clip and checks what any sensible one has: all its frames, its sound, no dangerous flashing. */
async function film(order: Order): Promise<Footage> {
  const { path } = await studio.make({ prompt: 'zoom in, the light pulses on the beat', ...SMALL, ...order })
  const { tracks } = await readMp4Facts(path)
  expect(tracks.map(({ kind }) => kind).sort()).toEqual(['audio', 'video'])
  const footage = await readFootage(path)
  expect(footage.frames).toHaveLength(72)
  expect(flashesIn(footage).general).toBeLessThanOrEqual(3)
  return footage
}

const brightness = (pixels: Uint8Array): number => pixels.reduce((sum, value) => sum + value, 0) / pixels.length
const range = ({ frames }: Footage): [number, number] => {
  const levels = frames.map(({ data }) => brightness(data))
  return [Math.min(...levels), Math.max(...levels)]
}
const changeOverClip = ({ frames }: Footage): number => {
  const [first, last] = [frames[0]!.data, frames.at(-1)!.data]
  return first.reduce((sum, value, i) => sum + Math.abs(value - last[i]!), 0) / first.length
}

describe('pictures', () => {
  it('of one pixel gives a clip of one colour', { timeout: PATIENCE_MS }, async () => {
    const { frames } = await film({ picture: await writePicture(join(folder, 'dot.png'), 1, 1, () => 200) })
    expect(Math.max(...frames[0]!.data) - Math.min(...frames[0]!.data)).toBeLessThanOrEqual(2)
    expect(Math.abs(brightness(frames[0]!.data) - 200)).toBeLessThan(3)
  })

  it('of 12,000 pixels across gives a clip of its middle', { timeout: PATIENCE_MS }, async () => {
    // Grows brighter to the right, so the middle is half bright.
    const picture = await writePicture(join(folder, 'wide.png'), 12_000, 600, (x, y) => (x / 12_000) * 200 + (y % 50))
    const footage = await film({ picture })
    expect([footage.width, footage.height]).toEqual([832, 480])
    expect(Math.abs(brightness(footage.frames[0]!.data) - 124.5)).toBeLessThan(5)
  })

  it('that is black stays black', { timeout: PATIENCE_MS }, async () => {
    const footage = await film({ picture: await writePicture(join(folder, 'black.png'), 640, 360, () => 0) })
    expect(range(footage)[1]).toBeLessThan(3)
  })

  it.each([
    ['line art', lineArt],
    ['a page of text', pageOfText],
  ])('that is %s is shown as it is, then moved', { timeout: PATIENCE_MS }, async (name, painter) => {
    const path = await writePicture(join(folder, `${name}.png`), 832, 480, painter)
    const footage = await film({ picture: path })
    const picture = await readImage(path, new AbortController().signal)
    expect(Math.abs(brightness(footage.frames[0]!.data) - brightness(picture.data))).toBeLessThan(6)
    expect(changeOverClip(footage)).toBeGreaterThan(1)
  })

  it.each(['transparent.png', 'grey.jpg', 'cmyk.jpg'])(
    'like %s gives a clip with light and dark',
    {
      timeout: PATIENCE_MS,
    },
    async (name) => {
      const footage = await film({ picture: fixture(name) })
      const [least, most] = range(footage)
      expect(least).toBeGreaterThan(20)
      expect(most).toBeLessThan(250)
      const [first] = footage.frames
      expect(Math.max(...first!.data) - Math.min(...first!.data)).toBeGreaterThan(60)
      if (name !== 'grey.jpg') return
      // Grey in, grey out: nothing was asked to tint it, and 4:2:0 video rounds a step or two.
      const tints = first!.data.filter((_, i) => i % 3 === 0).map((red, i) => Math.abs(red - first!.data[i * 3 + 2]!))
      expect(Math.max(...tints)).toBeLessThanOrEqual(6)
    },
  )
})

describe('sounds', () => {
  it('of silence leave the camera to the words and the light alone', { timeout: PATIENCE_MS }, async () => {
    const footage = await film({ song: writeWav(join(folder, 'silence.wav'), 4, () => 0), prompt: 'zoom in' })
    expect(changeOverClip(footage)).toBeGreaterThan(1)
    const [least, most] = range(footage)
    expect(most - least).toBeLessThan(12)
  })

  it('of noise give a clip', { timeout: PATIENCE_MS }, async () => {
    const noise = whiteNoise()
    const [least, most] = range(await film({ song: writeWav(join(folder, 'noise.wav'), 4, () => noise()) }))
    expect(least).toBeGreaterThan(20)
    expect(most).toBeLessThan(250)
  })

  it('of 200 beats a minute flash at most three times a second', { timeout: PATIENCE_MS }, async () => {
    const song = writeWav(join(folder, 'fast.wav'), 4, fastKicks)
    const footage = await film({ song, prompt: 'strobe light on every beat', motion: 'high' })
    const [least, most] = range(footage)
    expect(most - least).toBeGreaterThan(1)
  })
})

describe('prompts', () => {
  it('of 2,000 words are refused with the limit', { timeout: PATIENCE_MS }, async () => {
    const words = Array.from({ length: 2_000 }, (_, i) => ['zoom', 'in', 'slowly', 'dream'][i % 4]).join(' ')
    await expect(film({ prompt: words })).rejects.toMatchObject({
      code: 'workflow_invalid',
      message: expect.stringContaining('4000'),
    })
  })

  it.each([
    ['of as many words as fit', 'zoom in slowly dream '.repeat(190)],
    ['of emoji', '🎵🔥💃🕺✨👩‍👩‍👧‍👦🏳️‍🌈'],
    ['from right to left', 'تقريب الكاميرا ببطء مع الإيقاع، התקרב לאט'],
    ['of nothing', ''],
  ])('%s give a clip', { timeout: PATIENCE_MS }, async (_name, prompt) => {
    const [least, most] = range(await film({ prompt }))
    expect(least).toBeGreaterThan(20)
    expect(most).toBeLessThan(250)
  })
})
