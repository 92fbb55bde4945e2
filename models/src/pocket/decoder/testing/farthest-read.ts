import { MeshBuilder } from '../mesh.ts'
import { type Plan, planClip, sceneOf } from '../prepare-scene.ts'
import { glowMap, plainTexture } from '../texture.ts'
import { paint, randomLatent, randomNumbers } from './sample-latents.ts'

const SHAPES = [
  [320, 180],
  [180, 320],
  [200, 200],
] as const

/** A random clip of one of three shapes, from hardly moving to far more than a prompt can ask. */
export function randomPlan(seed: number): Plan {
  const random = randomNumbers(seed)
  const [width, height] = SHAPES[Math.floor(random() * SHAPES.length)]!
  const amounts = { camera: random() * 6, flow: random() * (random() < 0.125 ? 20 : 3) }
  return planClip(randomLatent(Math.floor(random() * 1e6), amounts, { width, height, frameRate: 10 }))
}

/** The farthest that any mesh corner of any frame reads outside the picture, pixels; 0 when it never does. */
export function farthestOutside(plan: Plan): number {
  const { fit, video } = plan
  const picture = paint(fit.pictureWidth, fit.pictureHeight, () => [128, 128, 128])
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

/** The same for a random clip, in pixels of a frame whose longer side is about 320. */
export const farthestReadPx = (seed: number): number => farthestOutside(randomPlan(seed))
