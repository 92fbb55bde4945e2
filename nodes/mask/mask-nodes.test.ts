import type { Image, Mask } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { expect, it } from 'vitest'
import { maskFromImage } from './mask-from-image.ts'
import { maskToImage } from './mask-to-image.ts'

/** One pixel each of red, green, blue and white. */
const colours: Image = {
  width: 4,
  height: 1,
  channels: 3,
  data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255),
}

const maskOf = async (params: Record<string, unknown>, image = colours) =>
  [...((await runNode(maskFromImage, { image }, params)).mask as Mask).data] as number[]

it('measures brightness as eyes do, by Rec. 709', async () => {
  // 255 × 0.2126, 0.7152, 0.0722; weights of 1/256 are within one level.
  const expected = [54.2, 182.4, 18.4, 255]
  for (const [i, level] of (await maskOf({})).entries())
    expect(Math.abs(level - (expected[i] as number))).toBeLessThan(1)
})

it('takes one colour, or the transparency, and turns it round', async () => {
  expect(await maskOf({ channel: 'green' })).toEqual([0, 255, 0, 255])
  expect(await maskOf({ channel: 'blue', invert: true })).toEqual([255, 255, 0, 0])
  expect(await maskOf({ channel: 'alpha' })).toEqual([255, 255, 255, 255])
  const glass: Image = { width: 2, height: 1, channels: 4, data: Uint8Array.of(9, 9, 9, 80, 9, 9, 9, 0) }
  expect(await maskOf({ channel: 'alpha' }, glass)).toEqual([80, 0])
  const grey: Image = { width: 2, height: 1, channels: 1, data: Uint8Array.of(7, 200) }
  expect(await maskOf({}, grey)).toEqual([7, 200])
})

it('becomes a grey picture, and the same mask again', async () => {
  const mask = { width: 3, height: 1, data: Uint8Array.of(0, 128, 255) }
  const { image } = await runNode(maskToImage, { mask })
  expect(image).toEqual({
    width: 3,
    height: 1,
    channels: 3,
    data: Uint8Array.of(0, 0, 0, 128, 128, 128, 255, 255, 255),
  })
  expect((await runNode(maskFromImage, { image: image as Image })).mask).toEqual(mask)
})
