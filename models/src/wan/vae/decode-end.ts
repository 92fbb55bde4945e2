import type { ModelHost, Vae } from '@beatloom/core'
import { isOutOfMemory } from '../../out-of-memory.ts'
import { planesOf } from '../../picture-planes.ts'
import { type Decoder, decodePart } from './decode-clip.ts'
import { areaOf, decodeSegments, type Segment } from './decode-video.ts'
import { chooseTiling, smallerTiling } from './tile-choice.ts'
import { denormalised, vaeFactsOf } from './vae-facts.ts'

/**
 * The frames of a clip behind its hidden ones, as planes of −1 … 1. Exact where memory allows to decode the whole area
 * at once; else in tiles, which are blended in 8 bits.
 * @param scale picture pixels per latent pixel.
 * @throws {AppError} `not_enough_memory` when even the smallest tile does not fit.
 */
export async function endPlanes(
  host: ModelHost,
  vae: Vae,
  segment: Segment,
  scale: number,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const [channels, latents, rows, columns] = segment.dims
  const facts = await vaeFactsOf(vae.decoder, channels)
  const area = areaOf([segment], facts)
  const decoder: Decoder = { component: vae.decoder, facts, scale }
  let tiling = chooseTiling(facts, area, null, scale)
  if (tiling.tile >= Math.max(rows, columns)) {
    try {
      return await exactPlanes(host, decoder, segment, signal)
    } catch (error) {
      const smaller = smallerTiling(tiling, area)
      if (!isOutOfMemory(error) || !smaller) throw error
      tiling = smaller
    }
  }
  const frameCount = 1 + 4 * (latents - 1) - segment.hidden
  const video = { width: columns * scale, height: rows * scale, frameRate: 1, frameCount }
  const planes: Float32Array[] = []
  const frames = decodeSegments(host, vae, [segment], video, scale, { tile: tiling.tile * scale })
  for await (const image of frames.frames(signal)) planes.push(planesOf(image))
  return planes
}

async function exactPlanes(
  host: ModelHost,
  decoder: Decoder,
  { dims, data, hidden }: Segment,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const [, , rows, columns] = dims
  const clip = { dims, data: denormalised(data, decoder.facts) }
  const planes: Float32Array[] = []
  let at = 0
  for await (const run of decodePart(
    host,
    decoder,
    clip,
    { from: 0, to: rows },
    { from: 0, to: columns },
    signal,
    'sample',
  )) {
    for (let frame = 0; frame < run.frames; frame++) if (at++ >= hidden) planes.push(run.planes(frame))
  }
  return planes
}
