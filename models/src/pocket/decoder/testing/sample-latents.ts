import type { Image, Latent } from '@beatloom/core'

/** Repeatable random numbers 0 … 1 (mulberry32, Tommy Ettinger, public domain). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Colour of a picture at a point given in fractions of its width and height; 0 … 255 each. */
export type PictureFunction = (x: number, y: number) => [number, number, number]

/** Soft waves with bright and dark parts, at most `cycles` across the picture. */
export function waves(seed: number, cycles: number): PictureFunction {
  const random = randomNumbers(seed)
  const terms = Array.from({ length: 5 }, () => ({
    kx: (random() - 0.5) * 4 * Math.PI * cycles * 0.5,
    ky: (random() - 0.5) * 4 * Math.PI * cycles * 0.5,
    phases: [random() * 6, random() * 6, random() * 6],
  }))
  return (x, y) => {
    const colour: [number, number, number] = [128, 128, 128]
    for (const { kx, ky, phases } of terms) {
      for (let c = 0; c < 3; c++) colour[c]! += 20 * Math.sin(kx * x + ky * y + phases[c]!)
    }
    return colour
  }
}

export function paint(width: number, height: number, picture: PictureFunction): Image {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < width; x++, o += 3) {
      const colour = picture((x + 0.5) / width, (y + 0.5) / height)
      for (let c = 0; c < 3; c++) data[o + c] = Math.min(255, Math.max(0, Math.round(colour[c]!)))
    }
  }
  return { width, height, channels: 3, data }
}

export interface LatentOptions {
  width?: number
  height?: number
  seconds?: number
  frameRate?: number
  reference?: Image
  latentFrames?: number
}

/** A latent of zeros: the picture, still. */
export function stillLatent(options: LatentOptions = {}): Latent {
  const { width = 320, height = 180, seconds = 3, frameRate = 30 } = options
  const [rows, columns] = width === height ? [21, 21] : width > height ? [16, 28] : [28, 16]
  const frames = options.latentFrames ?? Math.ceil(seconds * 10) + 1
  return {
    family: 'pocket',
    tensors: {
      hidden_states: { dims: [1, frames, 7, rows, columns], data: new Float32Array(frames * 7 * rows * columns) },
      camera_states: { dims: [1, frames, 4], data: new Float32Array(frames * 4) },
    },
    latentRate: 10,
    video: { width, height, frameRate, frameCount: Math.round(seconds * frameRate) },
    reference: options.reference ?? paint(width, height, waves(1, 6)),
    light: null,
  }
}

/** How strongly each part of a random latent varies, in latent units. */
export interface Amounts {
  camera?: number
  flow?: number
  light?: number
}

/** Smooth random motion and light: a few waves over time and place in every channel, frame 0 not zero. */
export function randomLatent(seed: number, amounts: Amounts, options: LatentOptions = {}): Latent {
  const latent = stillLatent(options)
  const random = randomNumbers(seed)
  const fields = latent.tensors['hidden_states']!
  const camera = latent.tensors['camera_states']!
  const [, frames = 0, channels = 0, rows = 0, columns = 0] = fields.dims
  const wave = () => {
    const [ft, fx, fy, phase] = [random() * 3, (random() - 0.5) * 8, (random() - 0.5) * 8, random() * 6]
    return (t: number, x: number, y: number) => Math.sin(ft * t + fx * x + fy * y + phase)
  }
  for (let c = 0; c < channels; c++) {
    const amount = (c < 4 ? amounts.flow : amounts.light) ?? 0
    const [a, b] = [wave(), wave()]
    for (let t = 0; t < frames; t++) {
      for (let y = 0; y < rows; y++) {
        for (let x = 0; x < columns; x++) {
          const at = [t / 10, x / columns, y / rows] as const
          fields.data[(t * channels + c) * rows * columns + y * columns + x] = amount * (a(...at) + 0.5 * b(...at))
        }
      }
    }
  }
  for (let c = 0; c < 4; c++) {
    const [a, slope] = [wave(), random() - 0.5]
    for (let t = 0; t < frames; t++) {
      camera.data[t * 4 + c] = (amounts.camera ?? 0) * (a(t / 10, 0, 0) + slope * (t / 10))
    }
  }
  return latent
}

/** Sets one camera channel (0 pan, 1 tilt, 2 log-zoom, 3 roll) to a steady move of `total` latent units over the clip. */
export function withCamera(latent: Latent, channel: number, total: number): Latent {
  const camera = latent.tensors['camera_states']!
  const frames = camera.dims[1]!
  for (let t = 0; t < frames; t++) camera.data[t * 4 + channel] = (total * t) / (frames - 1)
  return latent
}

/** Peak signal to noise, dB, over equal-sized 8-bit data. */
export function psnr(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2
  return sum === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 * 255 * a.length) / sum)
}

/** Reads the wanted frames; each is a copy. */
export async function framesAt(
  frames: { frames(signal: AbortSignal): AsyncIterable<Image> },
  wanted: readonly number[],
): Promise<Image[]> {
  const found: Image[] = []
  let index = 0
  for await (const image of frames.frames(new AbortController().signal)) {
    if (wanted.includes(index)) found.push({ ...image, data: image.data.slice() })
    if (++index > Math.max(...wanted)) break
  }
  return found
}
