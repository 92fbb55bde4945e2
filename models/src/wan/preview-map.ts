import type { ComponentRef, ModelHost } from '@beatloom/core'
import { createGenerator } from '../noise/torch-random.ts'
import { solveLinear } from '../schedulers/solve-linear.ts'
import { type Decoder, decodePart } from './vae/decode-clip.ts'
import { denormalised, vaeFactsOf } from './vae/vae-facts.ts'

/**
 * What a latent pixel looks like, as an affine map of its channels: red, green and blue (−1 … 1) each as a row of a
 * weight for every channel and, at its end, a constant.
 */
export interface PreviewMap {
  rows: number[][]
}

/** Latents that are decoded for the fit: a few clips of few pixels. */
const CLIPS = 4
const SIDE = 8
const FRAMES = 3
/** Pixels of an area that have half of their variance in common, as those of pictures do. */
const PATCH = 4
/** Keeps the fit from following the noise where channels say the same. */
const RIDGE = 1e-3

/**
 * The map that fits a decoder best, by least squares over random latents that it decodes; worked out once for the
 * decoder's files and remembered.
 * @param channels of a latent pixel; @param scale picture pixels per latent pixel.
 */
export function previewMapOf(
  host: ModelHost,
  component: ComponentRef,
  { channels, scale }: { channels: number; scale: number },
  signal: AbortSignal,
): Promise<PreviewMap> {
  return host.remember(`preview ${component.sha256}`, async () => {
    const facts = await vaeFactsOf(component, channels)
    return fitted(host, { component, facts, scale }, channels, signal)
  })
}

async function fitted(host: ModelHost, decoder: Decoder, channels: number, signal: AbortSignal): Promise<PreviewMap> {
  const size = channels + 1
  const products = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? RIDGE * CLIPS * FRAMES * SIDE * SIDE : 0)),
  )
  const targets = Array.from({ length: 3 }, () => new Array<number>(size).fill(0))
  for (let clip = 0; clip < CLIPS; clip++) {
    const values = patchyNoise(String(clip), channels)
    const colours = await coloursOf(host, decoder, values, channels, signal)
    for (let pixel = 0; pixel < FRAMES * SIDE * SIDE; pixel++) {
      const known = Array.from({ length: size }, (_, c) =>
        c === channels ? 1 : values[c * FRAMES * SIDE * SIDE + pixel]!,
      )
      for (const [i, value] of known.entries()) {
        for (let j = 0; j < size; j++) products[i]![j]! += value * known[j]!
        for (let colour = 0; colour < 3; colour++) targets[colour]![i]! += value * colours[3 * pixel + colour]!
      }
    }
  }
  return { rows: targets.map((target) => solveLinear(products, target)) }
}

/** `[channels, FRAMES, SIDE, SIDE]` of variance 1: half of it the same throughout a patch and in time. */
function patchyNoise(seed: string, channels: number): Float32Array {
  const generator = createGenerator(seed)
  const plane = SIDE * SIDE
  const noise = generator.randn(channels * FRAMES * plane)
  const patches = SIDE / PATCH
  const shared = generator.randn(channels * patches * patches)
  return noise.map((value, i) => {
    const [channel, y, x] = [Math.floor(i / (FRAMES * plane)), Math.floor(i / SIDE) % SIDE, i % SIDE]
    const patch = (channel * patches + Math.floor(y / PATCH)) * patches + Math.floor(x / PATCH)
    return (value + shared[patch]!) * Math.SQRT1_2
  })
}

/** What the decoder makes of each latent pixel: the mean over its square and its frames, `[FRAMES, SIDE, SIDE, 3]`. */
async function coloursOf(
  host: ModelHost,
  decoder: Decoder,
  values: Float32Array,
  channels: number,
  signal: AbortSignal,
): Promise<Float32Array> {
  const { facts, scale } = decoder
  const clip = { dims: [channels, FRAMES, SIDE, SIDE] as const, data: denormalised(values, facts) }
  const whole = { from: 0, to: SIDE }
  const colours = new Float32Array(FRAMES * SIDE * SIDE * 3)
  const width = SIDE * scale
  let frame = 0
  for await (const run of decodePart(host, decoder, clip, whole, whole, signal, 'sample')) {
    for (let k = 0; k < run.frames; k++, frame++) {
      // The first latent frame stands for one frame, each other for four.
      const share = 1 / (scale * scale * (frame === 0 ? 1 : 4))
      const from = Math.ceil(frame / 4) * SIDE * SIDE
      const planes = run.planes(k)
      for (let i = 0; i < planes.length; i++) {
        const [colour, y, x] = [Math.floor(i / (width * width)), Math.floor(i / width) % width, i % width]
        const pixel = from + Math.floor(y / scale) * SIDE + Math.floor(x / scale)
        colours[3 * pixel + colour]! += share * planes[i]!
      }
    }
  }
  return colours
}
