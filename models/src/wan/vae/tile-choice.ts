import { freemem } from 'node:os'
import type { VaeFacts } from './vae-facts.ts'

/** Tiles and what neighbours share, in latent pixels. */
export interface Tiling {
  tile: number
  overlap: number
}

/** A tile may not be smaller: what it does not see around itself would show. */
const SMALLEST_TILE = 8
/** Beside the caches, a stretch of time is held so many times in the widest layers while it is worked out. */
const LIVE_COPIES = 6
const BYTES = 4
/** Channels of the widest layer over 8 × 8 values for each latent pixel, in Wan2.1's decoder and in Wan2.2's. */
const WIDEST = { of16: 96, of48: 256, values: 64 } as const

/** What is worked on at once, in latent pixels and latent frames. */
export interface DecodedArea {
  rows: number
  columns: number
  latents: number
}

/**
 * Bytes that decoding or encoding takes for each latent pixel of the area: the caches twice, as they go in and come
 * out, and the widest layer over the frames of one stretch of time. An estimate from the config, not a measurement; of
 * graphs without caches, which take whole clips, from the published models.
 */
export function bytesPerLatentPixel({ mean, caches }: VaeFacts, latents: number): number {
  let held = 0
  let widest = caches.length > 0 ? 0 : (mean.length === 48 ? WIDEST.of48 : WIDEST.of16) * WIDEST.values
  for (const { channels, frames, scale } of caches) {
    held += channels * frames * scale * scale
    widest = Math.max(widest, channels * scale * scale)
  }
  return BYTES * (2 * held + LIVE_COPIES * widest * 4 * latents)
}

/**
 * The largest tile that fits into memory, in latent pixels; the whole area where that fits.
 * @param wanted side of a tile in picture pixels, 0 for no tiles, null for what fits.
 */
export function chooseTiling(
  facts: VaeFacts,
  area: DecodedArea,
  wanted: number | null,
  scale: number,
  budgetBytes = freemem() / 2,
): Tiling {
  const whole = Math.max(area.rows, area.columns)
  if (wanted === 0) return { tile: whole, overlap: 0 }
  if (wanted !== null) return tilingOf(Math.max(SMALLEST_TILE, Math.round(wanted / scale)), whole)
  const each = bytesPerLatentPixel(facts, area.latents)
  if (each * area.rows * area.columns <= budgetBytes) return { tile: whole, overlap: 0 }
  return tilingOf(Math.max(SMALLEST_TILE, Math.floor(Math.sqrt(budgetBytes / each) / 4) * 4), whole)
}

/** Half of it, for memory that was not enough after all; null where it cannot get smaller. */
export function smallerTiling({ tile }: Tiling, area: { rows: number; columns: number }): Tiling | null {
  const side = Math.min(tile, Math.max(area.rows, area.columns))
  const half = Math.max(SMALLEST_TILE, Math.floor(side / 2))
  return half < side ? tilingOf(half, Math.max(area.rows, area.columns)) : null
}

/** A quarter of the tile is shared with each neighbour, as diffusers does it. */
const tilingOf = (tile: number, whole: number): Tiling =>
  tile >= whole ? { tile: whole, overlap: 0 } : { tile, overlap: Math.floor(tile / 4) }
