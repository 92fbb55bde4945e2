import type { Image } from '@beatloom/core'
import { expect, it } from 'vitest'
import { nearestAspect } from '../latent/frame-size.ts'
import { aspectOf, cropFraming } from './crop-framing.ts'

const picture = (width: number, height: number): Image => ({
  ...{ width, height, channels: 3 },
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37) % 251),
})
const sizeOf = ({ width, height }: { width: number; height: number }) => [width, height]

it('shows all of a picture, or four fifths or less of each side', async () => {
  const wide = picture(200, 100)
  const aspect = aspectOf([wide])
  expect((await cropFraming(wide, undefined, { framing: 'wide', aspect })).image).toBe(wide)
  expect(sizeOf((await cropFraming(wide, undefined, { framing: 'medium', aspect })).image)).toEqual([160, 80])
  expect(sizeOf((await cropFraming(wide, undefined, { framing: 'close', aspect })).image)).toEqual([124, 62])
})

it('gives pictures of other shapes the shape of the first', async () => {
  const aspect = aspectOf([picture(160, 90)])
  for (const other of [picture(90, 160), picture(400, 100), picture(100, 100)]) {
    for (const framing of ['wide', 'close'] as const) {
      const { image } = await cropFraming(other, undefined, { framing, aspect })
      expect(Math.abs(image.width / image.height / aspect - 1)).toBeLessThan(0.02)
      expect(image.width <= other.width && image.height <= other.height).toBe(true)
    }
  }
})

it('gives all shots one size of frame, of pictures whose shape lies between two as well', async () => {
  // 4:3 and 3:4 are half way between the aspects of videos: cut to whole pixels they fall on either side.
  const firsts = [picture(403, 302), picture(401, 301), picture(400, 300), picture(302, 403), picture(300, 400)]
  const others = [picture(333, 250), picture(251, 333), picture(200, 200), picture(411, 123), picture(97, 301)]
  for (const first of firsts) {
    const shapes = new Set<number>()
    for (const each of [first, ...others]) {
      for (const framing of ['wide', 'medium', 'close'] as const) {
        const { image } = await cropFraming(each, undefined, { framing, aspect: aspectOf([first, ...others]) })
        expect(nearestAspect(image), `${sizeOf(each)} ${framing} after ${sizeOf(first)}`).toBe(nearestAspect(first))
        expect(Math.abs(image.width / image.height / (first.width / first.height) - 1)).toBeLessThan(0.04)
        shapes.add(image.width / image.height)
      }
    }
    expect([...shapes], 'one shape to the last digit, for sizes that follow it pixel by pixel').toHaveLength(1)
  }
})

it('cuts the mask as it cuts the picture, around what is white in it', async () => {
  const data = new Uint8Array(50 * 25)
  data.fill(255, 0, 10)
  const mask = { width: 50, height: 25, data }
  const wide = picture(200, 100)
  const { image, mask: cut } = await cropFraming(wide, mask, { framing: 'close', aspect: 2 })
  expect(image.data.slice(0, 9)).toEqual(wide.data.slice(0, 9))
  expect(cut && sizeOf(cut)).toEqual([31, 16])
  expect(cut?.data.slice(0, 11)).toEqual(Uint8Array.from([...Array(10).fill(255), 0]))
})

it('looks once at a picture for all shots that look alike at it', async () => {
  const wide = picture(200, 100)
  const views = [1, 2].map(() => cropFraming(wide, undefined, { framing: 'close', aspect: 2 }))
  expect(await views[0]).toBe(await views[1])
})
