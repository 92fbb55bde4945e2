import { describe, expect, it } from 'vitest'
import { AT_REST, estimatePose, type Pose, pyramidOf } from './global-motion.ts'
import { type Plane, planeOf } from './planes.ts'

const SEED = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)
console.log(`global motion tests: TEST_SEED=${SEED}`)
const [WIDTH, HEIGHT] = [208, 120]

/** Repeatable random numbers 0 … 1 (mulberry32, Tommy Ettinger, public domain). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A scene of soft blobs of many sizes, as brightness over a plane measured in frame widths. */
function scene(random: () => number): (x: number, y: number) => number {
  const blobs = Array.from({ length: 220 }, () => ({
    x: random() * 1.6 - 0.3,
    y: random() * 1.2 - 0.3,
    size: 0.006 + 0.07 * random() ** 2,
    height: 160 * (random() - 0.5),
  }))
  return (x, y) => {
    let value = 120
    for (const blob of blobs) {
      const d = ((x - blob.x) ** 2 + (y - blob.y) ** 2) / blob.size ** 2
      if (d < 12) value += blob.height * Math.exp(-d / 2)
    }
    return value
  }
}

/** The scene as the contract of models/README.md shows it from a pose. */
function view(of: (x: number, y: number) => number, { pan, tilt, zoom, roll }: Pose): Plane {
  const plane = planeOf(WIDTH, HEIGHT)
  const [cx, cy] = [0.5, HEIGHT / WIDTH / 2]
  const scale = Math.exp(-zoom)
  for (let i = 0; i < plane.values.length; i++) {
    const dx = ((i % WIDTH) + 0.5) / WIDTH - cx
    const dy = (Math.floor(i / WIDTH) + 0.5) / WIDTH - cy
    const x = cx + scale * (Math.cos(roll) * dx - Math.sin(roll) * dy) + pan
    const y = cy + scale * (Math.sin(roll) * dx + Math.cos(roll) * dy) + tilt
    plane.values[i] = of(x, y)
  }
  return plane
}

/** How far two poses put a corner of the frame apart, pixels of the 832 that a 480p frame is wide. */
function cornerError(a: Pose, b: Pose): number {
  const reach = Math.hypot(0.5, HEIGHT / WIDTH / 2)
  const turn = Math.hypot(a.zoom - b.zoom, a.roll - b.roll) * reach
  return 832 * (Math.hypot(a.pan - b.pan, a.tilt - b.tilt) + turn)
}

describe('the camera read from pixels', () => {
  const random = randomNumbers(SEED)
  const signed = (most: number) => (2 * random() - 1) * most

  it('is found again within 1.5 px of a 480p frame, for moves as large as fast words make', () => {
    for (let round = 0; round < 6; round++) {
      const of = scene(random)
      const pose = { pan: signed(0.06), tilt: signed(0.04), zoom: signed(0.12), roll: signed(0.06) }
      const found = estimatePose(pyramidOf(view(of, AT_REST)), pyramidOf(view(of, pose)))
      expect(cornerError(found, pose), `seed ${SEED}, round ${round}`).toBeLessThan(1.5)
    }
  })

  it('is found under a change of light, noise and a subject that moves on its own', () => {
    for (let round = 0; round < 4; round++) {
      const of = scene(random)
      const pose = { pan: signed(0.03), tilt: signed(0.03), zoom: signed(0.06), roll: signed(0.03) }
      const frame = view(of, pose)
      const subject = view(of, { ...pose, pan: pose.pan + 0.02 })
      for (let i = 0; i < frame.values.length; i++) {
        const inside = Math.hypot((i % WIDTH) - WIDTH / 2, Math.floor(i / WIDTH) - HEIGHT / 2) < 30
        const light = 1.25 + (0.3 * (i % WIDTH)) / WIDTH
        frame.values[i] = light * (inside ? subject : frame).values[i]! + 6 * (random() - 0.5)
      }
      const found = estimatePose(pyramidOf(view(of, AT_REST)), pyramidOf(frame))
      expect(cornerError(found, pose), `seed ${SEED}, round ${round}`).toBeLessThan(2.5)
    }
  })

  it('is at rest for the same picture, and for one that shows nothing', () => {
    const still = pyramidOf(view(scene(random), AT_REST))
    expect(cornerError(estimatePose(still, still), AT_REST)).toBeLessThan(0.01)
    const blank = pyramidOf(planeOf(WIDTH, HEIGHT))
    expect(estimatePose(blank, blank)).toEqual(AT_REST)
  })
})
