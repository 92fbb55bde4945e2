import type { ComponentRef, ModelHost, TensorData } from '@beatloom/core'
import { outputNamed } from '../../host/tensor-io.ts'
import { causalStream } from './causal-stream.ts'
import { cutOut, type Stretch } from './tiles.ts'
import type { VaeFacts } from './vae-facts.ts'

/** Latent frames that are decoded at once behind the first two. */
export const LATENTS_AT_ONCE = 2
/** Most latent frames of one call on a device, where the graph goes through them in rounds. */
const LATENTS_OF_CALL = 32
/** Bytes of float32 pictures that a call on a device may give, beside their bytes as pixels. */
const BYTES_OF_CALL = 2e9

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
export function timeStretches(frames: number, atOnce = LATENTS_AT_ONCE): Stretch[] {
  const all: Stretch[] = [{ from: 0, to: Math.min(Math.max(2, atOnce), frames) }]
  for (let from = all[0]!.to; from < frames; from += atOnce) all.push({ from, to: Math.min(frames, from + atOnce) })
  return all
}

/**
 * On a device, what the convolutions remember crosses to the processor and back after each call, gigabytes for a large
 * picture, so that calls are long where the graph can take a long stretch without needing more memory.
 */
function latentsAtOnce({ facts, scale }: Decoder, provider: string, grid: { rows: number; columns: number }): number {
  if (facts.latentsOfRound === 0 || provider === 'cpu') return LATENTS_AT_ONCE
  const bytesOfLatent = 4 * 3 * 4 * grid.rows * grid.columns * scale ** 2
  return Math.max(facts.latentsOfRound, Math.min(LATENTS_OF_CALL, Math.floor(BYTES_OF_CALL / bytesOfLatent)))
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
  decoder: Decoder,
  clip: LatentClip,
  down: Stretch,
  across: Stretch,
  signal: AbortSignal,
  output: 'frames' | 'sample' = 'frames',
): AsyncGenerator<DecodedFrameRun> {
  const { component, facts } = decoder
  const frames = clip.dims[1]
  if (facts.caches.length === 0) {
    const latent_sample = cutOut(clip.data, clip.dims, { from: 0, to: frames }, down, across)
    yield frameRun(await host.run(component, { latent_sample }, signal), 1 + 4 * (frames - 1))
    return
  }
  const grid = { rows: down.to - down.from, columns: across.to - across.from }
  const { outputs: offered, provider } = await host.describe(component)
  const wanted = offered.some(({ name }) => name === output) ? output : 'sample'
  const stream = causalStream(host, component, 'latent_sample', [wanted], facts, grid)
  try {
    for (const time of timeStretches(frames, latentsAtOnce(decoder, provider, grid))) {
      const [first, last] = [time.from === 0, time.to === frames]
      const latents = cutOut(clip.data, clip.dims, time, down, across)
      // A beginning needs two latent frames; a single picture is given twice, and what the second adds is dropped.
      const alone = first && time.to === 1
      const outputs = await stream.next(alone ? twice(latents) : latents, { first, last }, signal)
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
