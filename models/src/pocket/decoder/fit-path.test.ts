import type { Latent } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { EDGE_PX, MAX_CROP_SCALE } from './fit-path.ts'
import { MeshBuilder } from './mesh.ts'
import { type Plan, planClip, sceneOf } from './prepare-scene.ts'
import { paint, randomLatent, randomNumbers, stillLatent, waves, withCamera } from './testing/sample-latents.ts'
import { glowMap, plainTexture } from './texture.ts'

const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000)
console.log(`path fit tests: TEST_SEED=${SEED}`)

describe('the crop', () => {
  it('leaves no sample more than 4 px outside the picture and never exceeds 1.12, for any latent', () => {
    const random = randomNumbers(SEED)
    for (let round = 0; round < 24; round++) {
      const amounts = { camera: random() * 6, flow: random() * (round % 8 === 0 ? 20 : 3) }
      const [width, height] = [
        [320, 180],
        [180, 320],
        [200, 200],
      ][round % 3] as [number, number]
      const plan = planClip(randomLatent(Math.floor(random() * 1e6), amounts, { width, height, frameRate: 10 }))
      expect(plan.fit.cropScale).toBeLessThanOrEqual(MAX_CROP_SCALE)
      // Positions are rounded to 1/65536 of a texel.
      expect(farthestOutside(plan), `seed ${SEED}, round ${round}`).toBeLessThanOrEqual(EDGE_PX + 0.001)
    }
  })

  it.each([
    ['still', stillLatent()],
    ['zooming in', withCamera(stillLatent(), 2, 3)],
    ['light only', randomLatent(SEED, { light: 2 })],
    ['a little local motion', randomLatent(SEED, { flow: 0.3 })],
  ])('is none at all for a clip that is %s', (_name, latent) => {
    expect(planClip(latent).fit).toMatchObject({ cropScale: 1, pathScale: 1, originX: 0, originY: 0 })
  })

  it('gives a pan to the right all its room on the right', () => {
    // 1.5 units · .02 = 3 % of 320 px = 9.6 px at the last latent frame; the last video frame lies just before it.
    const { fit } = planClip(withCamera(stillLatent(), 0, 1.5))
    expect(fit).toMatchObject({ pictureWidth: 330, originX: 0, pathScale: 1 })
    expect(planClip(withCamera(stillLatent(), 0, -1.5)).fit).toMatchObject({ pictureWidth: 330, originX: 10 })
  })

  it('shortens a path that needs more room than 1.12, keeping its direction', () => {
    const plan = planClip(withCamera(stillLatent(), 0, 12))
    expect(plan.fit.pathScale).toBeGreaterThan(0.4)
    // 24 % asked, 12 % given.
    expect(plan.fit.pathScale).toBeLessThan(0.52)
    expect(plan.fit.cropScale).toBeGreaterThan(1.1)
    expect(plan.fit.flowScale).toBe(1)
  })

  it('keeps the picture’s aspect', () => {
    const latent: Latent = withCamera(stillLatent({ width: 832, height: 480 }), 1, 2)
    const { fit } = planClip(latent)
    expect(fit.pictureWidth / fit.pictureHeight).toBeCloseTo(832 / 480, 2)
  })
})

/** The farthest that any mesh corner of any frame reads outside the picture, pixels. */
function farthestOutside(plan: Plan): number {
  const { fit, video } = plan
  const picture = paint(fit.pictureWidth, fit.pictureHeight, waves(1, 2))
  const texture = plainTexture(picture, video.width)
  const mesh = new MeshBuilder(sceneOf(plan, texture, glowMap(picture, video.width, 8), picture))
  let farthest = 0
  for (let frame = 0; frame < video.frameCount; frame++) {
    const { positions } = mesh.build(frame)
    for (let i = 0; i < positions.length; i += 2) {
      const x = positions[i]! / 65536 - texture.pad + 0.5
      const y = positions[i + 1]! / 65536 - texture.pad + 0.5
      farthest = Math.max(farthest, -x, x - fit.pictureWidth, -y, y - fit.pictureHeight)
    }
  }
  return farthest
}
