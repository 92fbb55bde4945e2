import type { Latent } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { decodePocket } from './decode-pocket.ts'
import { lastMoment } from './last-moment.ts'
import { framesAt, psnr, randomLatent, stillLatent, withCamera } from './testing/sample-latents.ts'

const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000)
console.log(`last moment tests: TEST_SEED=${SEED}`)

/** The shot that goes on from another of the same picture. */
async function goingOn(before: Latent, after: Latent): Promise<Latent> {
  return { ...after, reference: before.reference, start: await lastMoment(before) }
}

/** Level between two frames of the joint, dB, and how much the last two frames of the first shot differ. */
async function joint(before: Latent, after: Latent): Promise<{ across: number; within: number }> {
  const last = before.video.frameCount - 1
  const [previous, end] = await framesAt(decodePocket(before), [last - 1, last])
  const [begin] = await framesAt(decodePocket(after), [0])
  return { across: psnr(end!.data, begin!.data), within: psnr(previous!.data, end!.data) }
}

describe('a shot that goes on from another', () => {
  it.each([
    ['camera', { camera: 0.8 }],
    ['camera and flow', { camera: 0.8, flow: 1 }],
    ['camera, flow and light', { camera: 0.6, flow: 1, light: 1 }],
  ])('begins with the last frame of the one before: %s', async (_name, amounts) => {
    const before = randomLatent(SEED, amounts)
    const after = await goingOn(before, randomLatent(SEED + 1, amounts))
    const { across, within } = await joint(before, after)
    // The flow's grid is read in double precision and kept in single; what is left are roundings of single levels.
    expect(across, `seed ${SEED}`).toBeGreaterThan(48)
    expect(across, `seed ${SEED}`).toBeGreaterThan(within)
  })

  it('moves on from there: two pans in a row end twice as far, where the picture has room', async () => {
    const zoomed = withCamera(withCamera(stillLatent(), 2, 4), 0, 1)
    const after = await goingOn(zoomed, withCamera(stillLatent(), 0, 1))
    const { camera } = after.start!
    const { camera: second } = await lastMoment(after)
    expect(camera[0]).toBeGreaterThan(0)
    expect(second[0]).toBeCloseTo(2 * camera[0], 3)
    // log-zoom 4 × .05, the last frame a thirtieth of a second before the last latent.
    expect(camera[2]).toBeCloseTo(0.2, 2)
    expect(second[2]).toBeCloseTo(camera[2], 5)
  })

  it('stays inside the picture as it lay, and says how much of the path was left', async () => {
    const before = withCamera(stillLatent(), 0, 3)
    const after = await goingOn(before, withCamera(stillLatent(), 0, 3))
    const clip = decodePocket(after)
    expect(clip.crop.cropScale).toBeCloseTo(decodePocket(before).crop.cropScale, 3)
    expect(clip.crop.pathScale).toBeLessThan(0.2)
    const back = decodePocket(await goingOn(before, withCamera(stillLatent(), 0, -3)))
    expect(back.crop.pathScale).toBe(1)
  })

  it('lets go of what the shot before bent and lit within a second', async () => {
    const before = randomLatent(SEED, { flow: 1.5, light: 1 })
    const after = await goingOn(before, stillLatent())
    const alone = {
      ...stillLatent({ reference: before.reference! }),
      start: { ...after.start!, planes: new Float32Array(5 * 16 * 28) },
    }
    const [faded] = await framesAt(decodePocket(after), [30])
    const [plain] = await framesAt(decodePocket(alone), [30])
    expect(psnr(faded!.data, plain!.data)).toBeGreaterThan(60)
  })
})
