import { AppError, CancelledError, type Image, type Latent, type ModelHost, type Vae } from '@beatloom/core'
import type { DecodedFrames } from '../../families.ts'
import type { Scratch } from '../../frame-spool.ts'
import { isOutOfMemory } from '../../out-of-memory.ts'
import { WAN, type WanKind } from '../contract.ts'
import { type Decoder, decodePart, LATENTS_AT_ONCE, type LatentClip, type Pixels } from './decode-clip.ts'
import { decodeTiles } from './decode-tiles.ts'
import { chooseTiling, type DecodedArea, smallerTiling, type Tiling } from './tile-choice.ts'
import { denormalised, type VaeFacts, vaeFactsOf } from './vae-facts.ts'

export interface DecodeOptions {
  /** Side of a tile in picture pixels; 0: the whole picture at once; null, or absent: what fits into memory. */
  tile?: number | null
  /** Where tiles are kept until all of a clip's are there; without it, in the system's folder for such files. */
  scratch?: Scratch
  /** Told, in a sentence, when memory was not enough and smaller tiles are tried. */
  tell?(text: string): void
}

/** A clip that is decoded by itself, and which of its frames are shown. */
export interface Segment {
  /** `[channels, frames, rows, columns]`, as the denoiser knows them. */
  dims: readonly [number, number, number, number]
  data: Float32Array
  /** Frames at its start that are not shown. */
  hidden: number
  /** Copies of the first shown frame before it. */
  repeated: number
}

/** The frames of a latent video of one clip. */
export function decodeVideo(host: ModelHost, vae: Vae, latent: Latent, options: DecodeOptions = {}): DecodedFrames {
  const { dims, data } = latent.tensors['hidden_states']!
  const [, channels, frames, rows, columns] = dims as [number, number, number, number, number]
  const whole = { dims: [channels, frames, rows, columns], data: data as Float32Array, hidden: 0, repeated: 0 } as const
  return decodeSegments(host, vae, [whole], latent.video, WAN[latent.family as WanKind].pixels, options)
}

/**
 * The frames of some clips in a row, decoded while they are read: over the whole area a few at a time where memory
 * allows, else tile by tile. Where memory runs out all the same, tiles of half the side are tried, and so on.
 * @param scale picture pixels per latent pixel.
 * @throws {AppError} `not_enough_memory` when even the smallest tile does not fit.
 */
export function decodeSegments(
  host: ModelHost,
  vae: Vae,
  segments: readonly Segment[],
  video: Latent['video'],
  scale: number,
  options: DecodeOptions,
): DecodedFrames {
  return {
    ...video,
    async *frames(signal) {
      const facts = await vaeFactsOf(vae.decoder, segments[0]!.dims[0])
      const decoder: Decoder = { component: vae.decoder, facts, scale }
      const area = areaOf(segments, facts)
      let tiling = chooseTiling(facts, area, options.tile ?? null, scale)
      // After a change to smaller tiles the video begins anew; what was read already is passed over.
      let given = 0
      for (;;) {
        try {
          let at = 0
          for await (const image of imagesOf(host, decoder, segments, tiling, options.scratch, signal)) {
            if (at++ < given) continue
            if (given === video.frameCount) return
            given++
            yield image
          }
          return
        } catch (error) {
          if (!isOutOfMemory(error)) throw error
          const smaller = smallerTiling(tiling, area)
          if (!smaller) throw outOfMemory(error)
          tiling = smaller
          const side = tiling.tile * scale
          options.tell?.(`Memory was not enough to decode the video at once; it is decoded in tiles of ${side} pixels.`)
        }
      }
    },
  }
}

/** What is decoded at once: a few latent frames where the graph remembers, all of a clip where it does not. */
export function areaOf(segments: readonly Segment[], { caches }: VaeFacts): DecodedArea {
  const [, , rows, columns] = segments[0]!.dims
  const longest = Math.max(...segments.map(({ dims }) => dims[1]))
  return { rows, columns, latents: caches.length > 0 ? Math.min(longest, LATENTS_AT_ONCE) : longest }
}

async function* imagesOf(
  host: ModelHost,
  decoder: Decoder,
  segments: readonly Segment[],
  tiling: Tiling,
  scratch: Scratch | undefined,
  signal: AbortSignal,
): AsyncGenerator<Image> {
  for (const { dims, data, hidden, repeated } of segments) {
    const clip = { dims, data: denormalised(data, decoder.facts) }
    let at = 0
    for await (const part of partsOf(host, decoder, clip, tiling, scratch, signal)) {
      for (let frame = 0; frame < part.frames; frame++) {
        if (signal.aborted) throw new CancelledError()
        if (at++ < hidden) continue
        const copies = at === hidden + 1 ? repeated : 0
        for (let copy = 0; copy <= copies; copy++) yield imageOf(part, frame)
      }
    }
  }
}

async function* partsOf(
  host: ModelHost,
  decoder: Decoder,
  clip: LatentClip,
  tiling: Tiling,
  scratch: Scratch | undefined,
  signal: AbortSignal,
): AsyncGenerator<Pixels> {
  const [, , rows, columns] = clip.dims
  if (tiling.tile < Math.max(rows, columns)) {
    yield* decodeTiles(host, decoder, clip, tiling, scratch, signal)
    return
  }
  const parts = decodePart(host, decoder, clip, { from: 0, to: rows }, { from: 0, to: columns }, signal)
  for await (const part of parts) yield part.pixels()
}

function imageOf({ width, height, data }: Pixels, frame: number): Image {
  const size = width * height * 3
  return { width, height, channels: 3, data: data.subarray(frame * size, (frame + 1) * size) }
}

function outOfMemory({ details }: AppError): AppError {
  return new AppError(
    'not_enough_memory',
    'Memory is not enough to decode the video even in the smallest tiles; make it smaller or shorter, or run the VAE on the processor.',
    details ? { details } : {},
  )
}
