import type { ComponentRef, ModelHost, TensorData } from '@beatloom/core'
import { outputNamed } from '../../host/tensor-io.ts'
import { causalStream } from './causal-stream.ts'
import type { Tiling } from './tile-choice.ts'
import { cutOut, ramps, type Stretch, stretches } from './tiles.ts'
import type { VaeFacts } from './vae-facts.ts'

/** Latent frames that are decoded at once behind the first two: more is faster on a GPU, and takes more memory. */
export const LATENTS_AT_ONCE = 2

/** A clip of the VAE's own values. */
export interface LatentClip {
  /** Channels, frames, rows, columns. */
  dims: readonly [number, number, number, number]
  data: Float32Array
}

/** 8-bit RGB, `[frames, height, width, 3]`. */
export interface Pixels {
  frames: number
  width: number
  height: number
  data: Uint8Array
}

/** A VAE's decoder and what is known of it. */
export interface Decoder {
  component: ComponentRef
  facts: VaeFacts
  /** Picture pixels per latent pixel. */
  scale: number
}

/** Stretches of time in which a clip of so many latent frames is decoded. */
export function timeStretches(frames: number): Stretch[] {
  const all: Stretch[] = [{ from: 0, to: Math.min(2, frames) }]
  for (let from = 2; from < frames; from += LATENTS_AT_ONCE) {
    all.push({ from, to: Math.min(frames, from + LATENTS_AT_ONCE) })
  }
  return all
}

/** Some frames in a row, as the graph gave them. */
export interface DecodedFrameRun {
  frames: number
  pixels(): Pixels
  /** One frame's red, green and blue planes, −1 … 1. */
  planes(frame: number): Float32Array
}

/**
 * Decodes a part of the area through the whole time; memory does not grow with the clip's length.
 * @param output finished pixels, or values of −1 … 1 for `planes`; graphs of whole clips give what they have.
 */
export async function* decodePart(
  host: ModelHost,
  { component, facts }: Decoder,
  clip: LatentClip,
  down: Stretch,
  across: Stretch,
  signal: AbortSignal,
  output: 'frames' | 'sample' = 'frames',
): AsyncGenerator<DecodedFrameRun> {
  const frames = clip.dims[1]
  if (facts.caches.length === 0) {
    const latent_sample = cutOut(clip.data, clip.dims, { from: 0, to: frames }, down, across)
    yield frameRun(await host.run(component, { latent_sample }, signal), 1 + 4 * (frames - 1))
    return
  }
  const grid = { rows: down.to - down.from, columns: across.to - across.from }
  const offered = (await host.describe(component)).outputs
  const wanted = offered.some(({ name }) => name === output) ? output : 'sample'
  const stream = causalStream(host, component, 'latent_sample', [wanted], facts.caches, grid)
  try {
    for (const time of timeStretches(frames)) {
      const first = time.from === 0
      const latents = cutOut(clip.data, clip.dims, time, down, across)
      // A beginning needs two latent frames; a single picture is given twice, and what the second adds is dropped.
      const alone = first && time.to === 1
      const outputs = await stream.next(alone ? twice(latents) : latents, first, signal)
      yield frameRun(outputs, 4 * (time.to - time.from) - (first ? 3 : 0))
    }
  } finally {
    stream.end()
  }
}

/**
 * Decodes tile by tile, each through the whole time, with straight ramps where tiles meet. Takes three bytes for every
 * pixel of every frame besides what one tile needs.
 */
export async function decodeTiles(
  host: ModelHost,
  decoder: Decoder,
  clip: LatentClip,
  { tile, overlap }: Tiling,
  signal: AbortSignal,
): Promise<Pixels> {
  const [, latents, rows, columns] = clip.dims
  const { scale } = decoder
  const [width, height, frames] = [columns * scale, rows * scale, 1 + 4 * (latents - 1)]
  const whole: Pixels = { frames, width, height, data: new Uint8Array(frames * height * width * 3) }
  const counted = new Float32Array(height * width)
  const vertical = stretches(rows, tile, overlap)
  const horizontal = stretches(columns, tile, overlap)
  for (const [i, down] of vertical.entries()) {
    for (const [j, across] of horizontal.entries()) {
      const corner = { top: down.from * scale, left: across.from * scale }
      const shares = sharesOf(ramps(vertical, i, scale), ramps(horizontal, j, scale), corner, width, counted)
      let at = 0
      for await (const part of decodePart(host, decoder, clip, down, across, signal)) {
        blend(whole, part.pixels(), at, corner, shares)
        at += part.frames
      }
    }
  }
  return whole
}

/**
 * How much of each pixel a tile makes up, beside the tiles before it: blending them one after the other gives the mean
 * weighted with the ramps.
 * @param counted weights so far of the whole area, row-major; the tile's are added.
 */
function sharesOf(
  down: Float32Array,
  across: Float32Array,
  { top, left }: { top: number; left: number },
  width: number,
  counted: Float32Array,
): Float32Array {
  const shares = new Float32Array(down.length * across.length)
  for (let y = 0; y < down.length; y++) {
    for (let x = 0; x < across.length; x++) {
      const weight = down[y]! * across[x]!
      const at = (top + y) * width + left + x
      counted[at]! += weight
      shares[y * across.length + x] = weight / counted[at]!
    }
  }
  return shares
}

function blend(
  whole: Pixels,
  part: Pixels,
  firstFrameOfPart: number,
  { top, left }: { top: number; left: number },
  shares: Float32Array,
): void {
  for (let frame = 0; frame < part.frames; frame++) {
    for (let y = 0; y < part.height; y++) {
      let from = (frame * part.height + y) * part.width * 3
      let to = (((firstFrameOfPart + frame) * whole.height + top + y) * whole.width + left) * 3
      for (let x = 0; x < part.width; x++) {
        const share = shares[y * part.width + x]!
        for (let colour = 0; colour < 3; colour++, from++, to++) {
          const before = whole.data[to]!
          whole.data[to] = Math.round(before + share * (part.data[from]! - before))
        }
      }
    }
  }
}

/** @param frames of those in the outputs that count, from the first. */
function frameRun(outputs: Record<string, TensorData>, frames: number): DecodedFrameRun {
  return {
    frames,
    pixels() {
      const made = outputs['frames']
      if (!(made?.data instanceof Uint8Array) || made.dims.length !== 4) return roundedPixels(outputs, frames)
      const [, height, width] = made.dims as [number, number, number]
      return { frames, width, height, data: made.data.subarray(0, frames * height * width * 3) }
    },
    planes(frame) {
      const { dims, data } = outputNamed(outputs, 'sample')
      const [count, height, width] = dims.slice(-3) as [number, number, number]
      const plane = height * width
      const planes = new Float32Array(3 * plane)
      for (let colour = 0; colour < 3; colour++) {
        const from = (colour * count + frame) * plane
        planes.set((data as Float32Array).subarray(from, from + plane), colour * plane)
      }
      return planes
    },
  }
}

/** Eight bits of values of −1 … 1, for graphs that give no finished pixels. */
function roundedPixels(outputs: Record<string, TensorData>, frames: number): Pixels {
  const { dims, data } = outputNamed(outputs, 'sample')
  const [count, height, width] = dims.slice(-3) as [number, number, number]
  const pixels = new Uint8Array(3 * frames * height * width)
  for (let colour = 0; colour < 3; colour++) {
    const from = colour * count * height * width
    for (let i = 0; i < frames * height * width; i++) {
      pixels[i * 3 + colour] = Math.min(255, Math.max(0, Math.round(Number(data[from + i]) * 127.5 + 127.5)))
    }
  }
  return { frames, width, height, data: pixels }
}

/** One latent frame, and the same again: `[1, channels, 2, rows, columns]`. */
function twice({ dims, data }: { dims: number[]; data: Float32Array }): TensorData {
  const [, channels, , rows, columns] = dims as [number, number, number, number, number]
  const plane = rows * columns
  const both = new Float32Array(2 * data.length)
  for (let channel = 0; channel < channels; channel++) {
    const values = data.subarray(channel * plane, (channel + 1) * plane)
    both.set(values, 2 * channel * plane)
    both.set(values, (2 * channel + 1) * plane)
  }
  return { dims: [1, channels, 2, rows, columns], data: both }
}
