import { expect, it } from 'vitest'
import { previewPocket } from './preview.ts'
import { paint, randomLatent, waves } from './testing/sample-latents.ts'

it('plays a half-made latent as a small animated WebP of the clip’s shape', async () => {
  const reference = paint(1434, 806, waves(3, 10))
  const latent = randomLatent(5, { camera: 1, flow: 1, light: 1 }, { width: 1280, height: 720, seconds: 8, reference })
  const preview = await previewPocket(latent)
  expect(preview).toMatchObject({ mime: 'image/webp', width: 256, height: 144, frameCount: 12 })
  const bytes = Buffer.from(preview.bytes)
  expect(bytes.length).toBeLessThan(60_000)
  expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 12)).toBe('RIFFWEBP')
  // One ANMF chunk for each frame that differs from the one before (WebP container specification).
  expect(bytes.toString('latin1').split('ANMF').length - 1).toBe(12)
})

it('shows an upright clip upright', async () => {
  const latent = randomLatent(5, { flow: 1 }, { width: 480, height: 832, reference: paint(480, 832, waves(3, 4)) })
  expect(await previewPocket(latent, { width: 128, frames: 4 })).toMatchObject({
    width: 74,
    height: 128,
    frameCount: 4,
  })
})
