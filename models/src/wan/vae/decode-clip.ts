import type { ComponentRef, ModelHost, TensorData } from '@beatloom/core'
import { outputNamed } from '../../host/tensor-io.ts'
import { causalStream } from './causal-stream.ts'
import { cutOut, type Stretch } from './tiles.ts'
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
