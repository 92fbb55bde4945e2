import type { Latent } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { EDGE_PX, MAX_CROP_SCALE } from './fit-path.ts'
import { planClip } from './prepare-scene.ts'
import { farthestOutside, randomPlan } from './testing/farthest-read.ts'
import { randomLatent, stillLatent, withCamera } from './testing/sample-latents.ts'

const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000)
console.log(`path fit tests: TEST_SEED=${SEED}`)

describe('the crop', () => {
  it('leaves no sample more than 4 px outside the picture and never exceeds 1.12, in 100 random clips', () => {
    for (let round = 0; round < 100; round++) {
      const plan = randomPlan(SEED + round)
      expect(plan.fit.cropScale).toBeLessThanOrEqual(MAX_CROP_SCALE)
      // Positions are rounded to 1/65536 of a texel.
      expect(farthestOutside(plan), `seed ${SEED + round}`).toBeLessThanOrEqual(EDGE_PX + 0.001)
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
