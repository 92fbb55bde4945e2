import { AppError, type ComponentRef, type ModelHost, type TensorData } from '@beatloom/core'
import { outputNamed } from '../../host/tensor-io.ts'
import { isOutOfMemory } from '../../out-of-memory.ts'
import { causalStream } from './causal-stream.ts'
import { chooseTiling, smallerTiling, type Tiling } from './tile-choice.ts'
import { ramps, type Stretch, stretches } from './tiles.ts'
import { normalised, type VaeFacts } from './vae-facts.ts'

/** Frames of a clip for the encoder: RGB planes of −1 … 1, `[3, height, width]`, made when they are asked for. */
export interface ClipFrames {
  count: number
  width: number
  height: number
  /** Valid until the next one is asked for. */
  frame(index: number): Float32Array | Promise<Float32Array>
}

/** Frames that are encoded at once behind the first five. */
const FRAMES_AT_ONCE = 8

/** A VAE's encoder and what is known of it. */
export interface Encoder {
  component: ComponentRef
  facts: VaeFacts
  /** Picture pixels per latent pixel. */
  scale: number
  /** How the area is cut; without it, as memory asks for. */
  tiling?: Tiling
}

/**
 * The mean of what the VAE makes of a clip, normalised for the denoiser. Memory does not grow with the clip's length;
 * where it is short the area is encoded in tiles, smaller ones if it runs out all the same, with straight ramps where
 * they meet.
 * @param frames 4k + 1 of them, sides in multiples of the latent pixel.
 * @returns `[1, channels, k + 1, rows, columns]`.
 * @throws {AppError} `not_enough_memory` when even the smallest tile does not fit.
 */
export async function encodeClip(
  host: ModelHost,
  encoder: Encoder,
  frames: ClipFrames,
  signal: AbortSignal,
): Promise<TensorData> {
  const { facts, scale } = encoder
  const grid = { rows: frames.height / scale, columns: frames.width / scale }
  const latents = facts.caches.length > 0 ? FRAMES_AT_ONCE / 4 : (frames.count - 1) / 4 + 1
  let tiling = encoder.tiling ?? chooseTiling(facts, { ...grid, latents }, null, scale)
  for (;;) {
    try {
      return await encodeTiles(host, encoder, frames, grid, tiling, signal)
    } catch (error) {
      if (!isOutOfMemory(error)) throw error
      const smaller = smallerTiling(tiling, grid)
      if (!smaller) {
        const sentence = 'Memory is not enough to read the picture even in the smallest tiles; make the video smaller.'
        throw new AppError('not_enough_memory', sentence, { cause: error })
      }
      tiling = smaller
    }
  }
}

async function encodeTiles(
  host: ModelHost,
  encoder: Encoder,
  frames: ClipFrames,
  { rows, columns }: { rows: number; columns: number },
  { tile, overlap }: Tiling,
  signal: AbortSignal,
): Promise<TensorData> {
  const { facts } = encoder
  const [channels, latents] = [facts.mean.length, (frames.count - 1) / 4 + 1]
  const sums = new Float32Array(channels * latents * rows * columns)
  const weights = new Float32Array(rows * columns)
  const vertical = stretches(rows, tile, overlap)
  const horizontal = stretches(columns, tile, overlap)
  for (const [i, down] of vertical.entries()) {
    for (const [j, across] of horizontal.entries()) {
      const [rampDown, rampAcross] = [ramps(vertical, i, 1), ramps(horizontal, j, 1)]
      const clip = await encodePart(host, encoder, frames, down, across, signal)
      const [high, wide] = [rampDown.length, rampAcross.length]
      for (let y = 0; y < high; y++) {
        for (let x = 0; x < wide; x++) {
          const weight = rampDown[y]! * rampAcross[x]!
          const at = (down.from + y) * columns + across.from + x
          weights[at]! += weight
          for (let plane = 0; plane < channels * latents; plane++) {
            sums[plane * rows * columns + at]! += weight * clip[(plane * high + y) * wide + x]!
          }
        }
      }
    }
  }
  for (let k = 0; k < sums.length; k++) sums[k]! /= weights[k % weights.length]!
  return { dims: [1, channels, latents, rows, columns], data: normalised(sums, facts) }
}

/** A part of the area through the whole time: the means, `[channels, latents, rows, columns]`. */
async function encodePart(
  host: ModelHost,
  encoder: Encoder,
  frames: ClipFrames,
  down: Stretch,
  across: Stretch,
  signal: AbortSignal,
): Promise<Float32Array> {
  const channels = encoder.facts.mean.length
  const plane = (down.to - down.from) * (across.to - across.from)
  const latents = (frames.count - 1) / 4 + 1
  const clip = new Float32Array(channels * latents * plane)
  let at = 0
  for await (const { dims, data } of encodedStretches(host, encoder, frames, down, across, signal)) {
    const count = dims[2]!
    // Means come first, log variances behind them are left. A single picture was given five times over.
    const kept = Math.min(count, latents - at)
    for (let channel = 0; channel < channels; channel++) {
      const from = channel * count * plane
      clip.set((data as Float32Array).subarray(from, from + kept * plane), (channel * latents + at) * plane)
    }
    at += kept
  }
  return clip
}

async function* encodedStretches(
  host: ModelHost,
  { component, facts, scale }: Encoder,
  frames: ClipFrames,
  down: Stretch,
  across: Stretch,
  signal: AbortSignal,
): AsyncGenerator<TensorData> {
  const take = (from: number, to: number) => stretch(frames, from, to, scaled(down, scale), scaled(across, scale))
  if (facts.caches.length === 0) {
    const sample = await take(0, frames.count)
    yield outputNamed(await host.run(component, { sample }, signal), 'latent_parameters')
    return
  }
  const grid = { rows: down.to - down.from, columns: across.to - across.from }
  const stream = causalStream(host, component, 'sample', ['latent_parameters'], facts, grid)
  try {
    let from = 0
    while (from < frames.count) {
      const first = from === 0
      // A beginning needs five frames; a single one is repeated.
      const to = first ? 5 : Math.min(frames.count, from + FRAMES_AT_ONCE)
      const place = { first, last: to >= frames.count }
      yield outputNamed(await stream.next(await take(from, to), place, signal), 'latent_parameters')
      from = to
    }
  } finally {
    stream.end()
  }
}

const scaled = ({ from, to }: Stretch, scale: number): Stretch => ({ from: from * scale, to: to * scale })

/** `[1, 3, to − from, rows, columns]` of a part of the pictures; beyond the end the last frame stands. */
async function stretch(
  frames: ClipFrames,
  from: number,
  to: number,
  down: Stretch,
  across: Stretch,
): Promise<TensorData> {
  const dims = [1, 3, to - from, down.to - down.from, across.to - across.from]
  const data = new Float32Array(dims.reduce((product, dim) => product * dim, 1))
  const [count, rows, columns] = dims.slice(2) as [number, number, number]
  for (let i = 0; i < count; i++) {
    const planes = await frames.frame(Math.min(from + i, frames.count - 1))
    for (let colour = 0; colour < 3; colour++) {
      for (let y = 0; y < rows; y++) {
        const start = (colour * frames.height + down.from + y) * frames.width
        const line = planes.subarray(start + across.from, start + across.to)
        data.set(line, ((colour * count + i) * rows + y) * columns)
      }
    }
  }
  return { dims, data }
}
