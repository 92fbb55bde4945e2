import { CancelledError, type Frames, type Image, type Latent } from '@beatloom/core'
import { planClip, prepareScene } from './prepare-scene.ts'
import { defaultThreads, openScene } from './warp-pool.ts'

/** How the clip sits in its picture. */
export interface PocketCrop {
  /** How much the picture is enlarged to give the camera room; 1 is not at all, 1.12 the most. */
  cropScale: number
  /** The part of the camera's path that is shown: below 1 where it asked for more room than that. */
  pathScale: number
}

export interface PocketFrames extends Frames {
  crop: PocketCrop
}

/**
 * The clip a pocket latent stands for: its picture warped and relit, frame by frame, on drawing threads.
 * Geometry and light as models/README.md says; fields are cubic B-splines in space and Catmull-Rom in time, light is
 * linear in time plus what the sound adds at frame rate (`frameLight`), kept from flashing (`limitFlashes`).
 * Frame 0 is the picture itself, under the clip's crop. Frames are drawn a few ahead of the reader, never more.
 * @param options.threads drawing threads; by default one per core, at most four.
 * @throws {AppError} `input_invalid` when the latent is not one of the pocket model or has no picture.
 */
export function decodePocket(latent: Latent, options: { threads?: number } = {}): PocketFrames {
  const plan = planClip(latent)
  const { width, height, frameRate, frameCount } = plan.video
  const threads = options.threads ?? defaultThreads()
  return {
    width,
    height,
    frameRate,
    frameCount,
    crop: { cropScale: plan.fit.cropScale, pathScale: plan.fit.pathScale },
    async *frames(signal) {
      if (signal.aborted) throw new CancelledError()
      const prepared = await prepareScene(plan, threads)
      if (signal.aborted) throw new CancelledError()
      const scene = openScene(prepared, threads)
      signal.addEventListener('abort', scene.close, { once: true })
      try {
        const ahead = threads + 1
        const drawn: Promise<ArrayBuffer>[] = []
        const start = (frame: number, buffer: ArrayBuffer) => {
          const drawing = scene.draw(frame, buffer)
          drawing.catch(() => {}) // told to the reader when it gets there
          drawn.push(drawing)
        }
        for (let frame = 0; frame < Math.min(ahead, frameCount); frame++) {
          start(frame, new ArrayBuffer(width * height * 3))
        }
        for (let frame = 0; frame < frameCount; frame++) {
          const buffer = await drawn.shift()!
          yield { width, height, channels: 3, data: new Uint8Array(buffer) } satisfies Image
          if (signal.aborted) throw new CancelledError()
          if (frame + ahead < frameCount) start(frame + ahead, buffer)
        }
      } finally {
        signal.removeEventListener('abort', scene.close)
        scene.close()
      }
    },
  }
}
