import type { Image } from '@beatloom/core'
import { expect, it } from 'vitest'
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
