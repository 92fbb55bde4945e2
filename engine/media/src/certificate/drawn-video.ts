/** Videos with known cuts, made from numbers alone; for tests and for measuring what certificates find. */
import type { Frames } from '@beatloom/core'

const WIDTH = 160
const HEIGHT = 90

export interface DrawnVideo {
  frameRate: number
  frameCount: number
  /** First frame of each new scene. */
  cuts: readonly number[]
  /** Frames at which a white flash begins that fades over 0.15 s. */
  flashes?: readonly number[]
  /** Pixels that scenes move by from frame to frame. Default 0.5. */
  speed?: number
  /** Growth of the picture from frame to frame, as a push-in has it. Default 0.002. */
  zoom?: number
  /** Frames of a soft change in place of each cut. Default 0. */
  fadeFrames?: number
  seed?: number
}

/** Scenes of stripes and blobs, another at each cut, drifting and growing. */
export function drawnVideo(video: DrawnVideo): Frames {
  const { frameRate, frameCount, cuts, flashes = [], fadeFrames = 0, seed = 1 } = video
  return {
    width: WIDTH,
    height: HEIGHT,
    frameRate,
    frameCount,
    async *frames(signal) {
      const data = new Uint8Array(WIDTH * HEIGHT * 3)
      const grey = new Float32Array(WIDTH * HEIGHT)
      const before = new Float32Array(WIDTH * HEIGHT)
      for (let n = 0; n < frameCount; n++) {
        signal.throwIfAborted()
        const shot = cuts.filter((cut) => cut <= n).length
        const start = shot === 0 ? 0 : (cuts[shot - 1] as number)
        draw(grey, seed * 1000 + shot, n - start, video)
        if (shot > 0 && n - start < fadeFrames) {
          draw(before, seed * 1000 + shot - 1, n - (cuts[shot - 2] ?? 0), video)
          const share = (n - start + 1) / (fadeFrames + 1)
          for (let i = 0; i < grey.length; i++) {
            grey[i] = share * (grey[i] as number) + (1 - share) * (before[i] as number)
          }
        }
        const flash = flashes.findLast((frame) => frame <= n)
        const glow = flash === undefined ? 0 : Math.max(0, 1 - (n - flash) / (0.15 * frameRate))
        for (let i = 0; i < grey.length; i++) data.fill((grey[i] as number) * (1 - glow) + 255 * glow, 3 * i, 3 * i + 3)
        yield { width: WIDTH, height: HEIGHT, channels: 3, data }
      }
    },
  }
}

/** Random numbers 0 … 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function draw(grey: Float32Array, scene: number, age: number, { speed = 0.5, zoom = 0.002 }: DrawnVideo): void {
  const random = randomFrom(scene)
  const waves = Array.from({ length: 5 }, () => ({
    x: (random() - 0.5) * 0.25,
    y: (random() - 0.5) * 0.25,
    phase: random() * 6.3,
    height: 10 + 30 * random(),
  }))
  const base = 70 + 110 * random()
  const scale = Math.exp(-zoom * age)
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      const x = (column - WIDTH / 2) * scale + speed * age
      const y = (row - HEIGHT / 2) * scale
      let value = base
      for (const wave of waves) value += wave.height * Math.sin(wave.x * x + wave.y * y + wave.phase)
      grey[row * WIDTH + column] = Math.max(0, Math.min(255, value))
    }
  }
}

/** The frame nearest to each moment: where cuts on beats go. */
export const nearestFrames = (times: readonly number[], frameRate: number): number[] =>
  times.map((time) => Math.round(time * frameRate)).filter((frame) => frame > 0)
