import { runNode } from '@beatloom/core/testing'
import { expect, it } from 'vitest'
import { colourImage } from './colour-image.ts'
import { resizeImage } from './resize-image.ts'

it('paints one colour', async () => {
  const { image } = await runNode(colourImage, {}, { colour: '#ff8000', width: 16, height: 16 })
  expect(image).toMatchObject({ width: 16, height: 16, channels: 3 })
  expect([...image.data.slice(0, 6)]).toEqual([255, 128, 0, 255, 128, 0])
})

it('keeps a picture whole between bars of a colour', async () => {
  const white = { width: 4, height: 2, channels: 3 as const, data: new Uint8Array(24).fill(255) }
  const params = { width: 4, height: 4, fit: 'pad', bars: '#0000ff' }
  const { image } = await runNode(resizeImage, { image: white }, params)
  const rows = [0, 1, 2, 3].map((y) => [...image.data.slice(y * 12, y * 12 + 3)])
  expect(rows).toEqual([
    [0, 0, 255],
    [255, 255, 255],
    [255, 255, 255],
    [0, 0, 255],
  ])
})
