/** Forked by the frames bench: renders SECONDS of an invented latent at 720p30 and encodes them, as a run would. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Latent } from '@beatloom/core'
import { coverCrop, readImage, writeMp4 } from '@beatloom/media'
import { decodePocket } from '@beatloom/models'

const [seconds, folder] = [Number(process.argv[2]), process.argv[3] as string]
const [width, height, frameRate] = [1280, 720, 30]
const [rows, columns, channels] = [16, 28, 7]
const latentFrames = seconds * 10 + 2

/** Slow waves in every channel, so that warp, light and glow all have work to do. */
function wave(frame: number, index: number): number {
  return Math.sin(frame / 9 + index * 0.37) * 0.6
}

const fields = Float32Array.from({ length: latentFrames * channels * rows * columns }, (_, at) =>
  wave(Math.floor(at / (channels * rows * columns)), at % (channels * rows * columns)),
)
const camera = Float32Array.from({ length: latentFrames * 4 }, (_, at) => wave(Math.floor(at / 4), at % 4))
const sample = fileURLToPath(new URL('../../../../workflows/samples/cover.jpg', import.meta.url))
const signal = new AbortController().signal
const reference = await coverCrop(await readImage(sample, signal), width, height)
const latent: Latent = {
  family: 'pocket',
  tensors: {
    hidden_states: { dims: [1, latentFrames, channels, rows, columns], data: fields },
    camera_states: { dims: [1, latentFrames, 4], data: camera },
  },
  latentRate: 10,
  video: { width, height, frameRate, frameCount: seconds * frameRate },
  reference,
  light: null,
}
const frames = decodePocket(latent)
await writeMp4({ frames, path: join(folder, 'clip.mp4') }, signal)
process.exit(0)
