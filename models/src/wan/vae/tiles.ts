/** A stretch of one side, in latent pixels: `[from, to)`. */
export interface Stretch {
  from: number
  to: number
}

/**
 * One side cut into stretches of `tile`, the last of them flush with the end, each over its neighbour by at least
 * `overlap`.
 */
export function stretches(side: number, tile: number, overlap: number): Stretch[] {
  if (tile >= side) return [{ from: 0, to: side }]
  const stride = Math.max(1, tile - overlap)
  const count = Math.ceil((side - tile) / stride) + 1
  return Array.from({ length: count }, (_, k) => {
    const from = Math.min(k * stride, side - tile)
    return { from, to: from + tile }
  })
}

/**
 * How much each pixel of a stretch counts: straight ramps over what it shares with its neighbours, 1 between. The
 * weights of neighbours need not add up to 1; the blend divides by their sum.
 * @param scale pixels per latent pixel.
 */
export function ramps(all: readonly Stretch[], at: number, scale: number): Float32Array {
  const { from, to } = all[at]!
  const before = at > 0 ? Math.max(0, all[at - 1]!.to - from) * scale : 0
  const after = at + 1 < all.length ? Math.max(0, to - all[at + 1]!.from) * scale : 0
  const length = (to - from) * scale
  return Float32Array.from({ length }, (_, i) => {
    const rising = i < before ? (i + 0.5) / before : 1
    const falling = length - 1 - i < after ? (length - i - 0.5) / after : 1
    return Math.min(rising, falling)
  })
}

/** A part of a clip `[channels, frames, rows, columns]`: some frames, some rows, some columns. */
export function cutOut(
  data: Float32Array,
  [channels, frames, rows, columns]: readonly [number, number, number, number],
  time: Stretch,
  down: Stretch,
  across: Stretch,
): { dims: number[]; data: Float32Array } {
  const dims = [1, channels, time.to - time.from, down.to - down.from, across.to - across.from]
  const cut = new Float32Array(dims.reduce((product, dim) => product * dim, 1))
  let at = 0
  for (let channel = 0; channel < channels; channel++) {
    for (let frame = time.from; frame < time.to; frame++) {
      for (let row = down.from; row < down.to; row++) {
        const start = ((channel * frames + frame) * rows + row) * columns
        cut.set(data.subarray(start + across.from, start + across.to), at)
        at += across.to - across.from
      }
    }
  }
  return { dims, data: cut }
}
