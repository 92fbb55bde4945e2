import type { ModelHost } from '@beatloom/core'
import { type FrameSpool, openFrameSpool, type Scratch } from '../../frame-spool.ts'
import { type Decoder, decodePart, type LatentClip, type Pixels } from './decode-clip.ts'
import type { Tiling } from './tile-choice.ts'
import { ramps, type Stretch, stretches } from './tiles.ts'

/** A tile that is decoded through the whole time, its frames in a file. */
interface DecodedTile {
  top: number
  left: number
  width: number
  height: number
  /** How much of each of its pixels it makes up, beside the tiles before it. */
  shares: Float32Array
  spool: FrameSpool
}

/**
 * Decodes tile by tile, each through the whole time, with straight ramps where tiles meet; then gives the blended
 * frames one at a time. Tiles wait in files: memory grows neither with the clip's length nor with its area, beside one
 * frame and the weights of its pixels. What the convolutions of all tiles remember would take more, see the README.
 * @returns runs of one frame, whose memory is used again for the next.
 */
export async function* decodeTiles(
  host: ModelHost,
  decoder: Decoder,
  clip: LatentClip,
  { tile, overlap }: Tiling,
  scratch: Scratch | undefined,
  signal: AbortSignal,
): AsyncGenerator<Pixels> {
  const [, latents, rows, columns] = clip.dims
  const { scale } = decoder
  const [width, height] = [columns * scale, rows * scale]
  const counted = new Float32Array(height * width)
  const vertical = stretches(rows, tile, overlap)
  const horizontal = stretches(columns, tile, overlap)
  const tiles: DecodedTile[] = []
  try {
    for (const [i, down] of vertical.entries()) {
      for (const [j, across] of horizontal.entries()) {
        const corner = { top: down.from * scale, left: across.from * scale }
        const shares = sharesOf(ramps(vertical, i, scale), ramps(horizontal, j, scale), corner, width, counted)
        const size = { width: (across.to - across.from) * scale, height: (down.to - down.from) * scale }
        const spool = await openFrameSpool(3 * size.width * size.height, scratch)
        tiles.push({ ...corner, ...size, shares, spool })
        await decodeInto(spool, host, decoder, clip, down, across, signal)
      }
    }
    const largest = Math.max(...tiles.map((one) => one.shares.length))
    const read = new Uint8Array(3 * largest)
    const whole: Pixels = { frames: 1, width, height, data: new Uint8Array(height * width * 3) }
    for (let frame = 0; frame < 1 + 4 * (latents - 1); frame++) {
      for (const one of tiles) {
        await one.spool.read(frame, read.subarray(0, 3 * one.shares.length))
        blend(whole, read, one)
      }
      yield whole
    }
  } finally {
    await Promise.all(tiles.map(({ spool }) => spool.close()))
  }
}

async function decodeInto(
  spool: FrameSpool,
  host: ModelHost,
  decoder: Decoder,
  clip: LatentClip,
  down: Stretch,
  across: Stretch,
  signal: AbortSignal,
): Promise<void> {
  for await (const part of decodePart(host, decoder, clip, down, across, signal)) {
    const { width, height, data } = part.pixels()
    const size = 3 * width * height
    for (let frame = 0; frame < part.frames; frame++) {
      await spool.append(data.subarray(frame * size, (frame + 1) * size))
    }
  }
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

/** Lays a tile's frame over the whole; where it is the first, its share is 1, so nothing of the frame before is left. */
function blend(whole: Pixels, part: Uint8Array, { top, left, width, height, shares }: DecodedTile): void {
  let from = 0
  for (let y = 0; y < height; y++) {
    let to = ((top + y) * whole.width + left) * 3
    for (let x = 0; x < width; x++) {
      const share = shares[y * width + x]!
      for (let colour = 0; colour < 3; colour++, from++, to++) {
        const before = whole.data[to]!
        whole.data[to] = Math.round(before + share * (part[from]! - before))
      }
    }
  }
}
