/** Pictures are compared at this size: large enough to tell scenes apart, small enough to hide noise and coding. */
export const SMALL_WIDTH = 96
export const SMALL_HEIGHT = 54
const PIXELS = SMALL_WIDTH * SMALL_HEIGHT

/**
 * Below this deviation a picture counts as flat, so that noise and black are not blown up to structure, and a fade from
 * black (up to 6 levels a frame) has no step. Grey levels.
 */
const FLAT_DEVIATION = 10
/** Flat pictures that differ by this many grey levels are entirely different. */
const FLAT_STEP = 64

const BLOCK_WIDTH = 8
const BLOCK_HEIGHT = 9
/** How far a block may have moved between two pictures, pixels of the small size: about 5 % of the width each way. */
const REACH_X = 5
const REACH_Y = 4

/** A small grey picture made comparable: brightness and contrast removed, so that a flash leaves it as it was. */
export interface SmallPicture {
  /** Mean 0; deviation 1 unless the picture is flat. Row-major. */
  values: Float32Array
  mean: number
  deviation: number
}

/** @param grey `SMALL_HEIGHT × SMALL_WIDTH` bytes, row-major. */
export function smallPicture(grey: Uint8Array): SmallPicture {
  let sum = 0
  let squares = 0
  for (let i = 0; i < PIXELS; i++) {
    const value = grey[i] as number
    sum += value
    squares += value * value
  }
  const mean = sum / PIXELS
  const deviation = Math.sqrt(Math.max(0, squares / PIXELS - mean * mean))
  const scale = 1 / Math.max(deviation, FLAT_DEVIATION)
  const values = new Float32Array(PIXELS)
  for (let i = 0; i < PIXELS; i++) values[i] = ((grey[i] as number) - mean) * scale
  return { values, mean, deviation }
}

/** 0 for the same picture in any light, about 1 for unrelated ones: 1 − correlation where neither is flat. */
export function difference(before: SmallPicture, after: SmallPicture): number {
  let squares = 0
  for (let i = 0; i < PIXELS; i++) {
    const step = (after.values[i] as number) - (before.values[i] as number)
    squares += step * step
  }
  return Math.max(squares / (2 * PIXELS), flatStep(before, after))
}

/**
 * The same after each block of one picture was looked for nearby in the other: what motion, zoom and shake of up to 5 %
 * of the width between two pictures cannot explain. Both ways, since a flat picture is found in any other.
 */
export function movedDifference(before: SmallPicture, after: SmallPicture): number {
  let forth = 0
  let back = 0
  for (let y = 0; y < SMALL_HEIGHT; y += BLOCK_HEIGHT) {
    for (let x = 0; x < SMALL_WIDTH; x += BLOCK_WIDTH) {
      forth += bestBlock(before.values, after.values, x, y)
      back += bestBlock(after.values, before.values, x, y)
    }
  }
  return Math.max(forth / (2 * PIXELS), back / (2 * PIXELS), flatStep(before, after))
}

/** Sum of squares of the best place for a block; a place is left as soon as it is worse than the best. */
function bestBlock(before: Float32Array, after: Float32Array, x: number, y: number): number {
  let best = Number.POSITIVE_INFINITY
  const top = Math.max(0, y - REACH_Y)
  const bottom = Math.min(SMALL_HEIGHT - BLOCK_HEIGHT, y + REACH_Y)
  const left = Math.max(0, x - REACH_X)
  const right = Math.min(SMALL_WIDTH - BLOCK_WIDTH, x + REACH_X)
  for (let fromY = top; fromY <= bottom; fromY++) {
    for (let fromX = left; fromX <= right; fromX++) {
      let squares = 0
      for (let row = 0; row < BLOCK_HEIGHT && squares < best; row++) {
        const to = (y + row) * SMALL_WIDTH + x
        const from = (fromY + row) * SMALL_WIDTH + fromX
        for (let column = 0; column < BLOCK_WIDTH; column++) {
          const step = (after[to + column] as number) - (before[from + column] as number)
          squares += step * step
        }
      }
      if (squares < best) best = squares
    }
  }
  return best
}

/** Pictures without structure have only their brightness to differ in; it fades out as structure comes in. */
function flatStep(before: SmallPicture, after: SmallPicture): number {
  const structure = Math.max(before.deviation, after.deviation) / FLAT_DEVIATION
  return Math.max(0, 1 - structure) * Math.min(1, Math.abs(after.mean - before.mean) / FLAT_STEP)
}
