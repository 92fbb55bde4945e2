import { fileURLToPath } from 'node:url'
import type { Latent } from '@beatloom/core'
import { coverCrop, readImage } from '@beatloom/media'
import { gridFor, LATENT_RATE } from '@beatloom/models'

const SAMPLE = fileURLToPath(new URL('../../../../workflows/samples/cover.jpg', import.meta.url))
const FRAME_RATE = 30
const [CHANNELS, CAMERA_CHANNELS] = [7, 4]

/** Slow waves in every channel, so that warp, light and glow all have work to do. */
function wave(frame: number, index: number): number {
  return Math.sin(frame / 9 + index * 0.37) * 0.6
}

/** A latent that no model made, on the sample picture. */
export async function inventedLatent(width: number, height: number, seconds: number): Promise<Latent> {
  const frames = seconds * LATENT_RATE + 2
  const { rows, columns } = gridFor(width === height ? '1:1' : width > height ? '16:9' : '9:16')
  const cells = CHANNELS * rows * columns
  const fields = Float32Array.from({ length: frames * cells }, (_, at) => wave(Math.floor(at / cells), at % cells))
  const camera = Float32Array.from({ length: frames * CAMERA_CHANNELS }, (_, at) =>
    wave(Math.floor(at / CAMERA_CHANNELS), at % CAMERA_CHANNELS),
  )
  return {
    family: 'pocket',
    tensors: {
      hidden_states: { dims: [1, frames, CHANNELS, rows, columns], data: fields },
      camera_states: { dims: [1, frames, CAMERA_CHANNELS], data: camera },
    },
    latentRate: LATENT_RATE,
    video: { width, height, frameRate: FRAME_RATE, frameCount: seconds * FRAME_RATE },
    reference: await coverCrop(await readImage(SAMPLE, new AbortController().signal), width, height),
    light: null,
  }
}
