import {
  type Code,
  constant,
  F32X4_ADD,
  F32X4_FROM_I32,
  F32X4_MUL,
  F32X4_SUB,
  f32x4Constant,
  get,
  I16_FROM_I32,
  I16X8_ADD,
  I16X8_MUL,
  I16X8_SPLAT,
  I32,
  I32_ADD,
  I32_AND,
  I32_MUL,
  I32_OR,
  I32_SHL,
  I32_SHR,
  I32_SUB,
  I32X4_DOT,
  I32X4_SPLAT,
  I32X4_SUB,
  i32Load,
  increase,
  loadBytesWide,
  moduleOf,
  repeat,
  set,
  shuffle,
  U8_FROM_I16,
  V128,
  v128Load,
  v128Store,
} from './wasm-writer.ts'

/** Bytes of a corner's record: x and y in 16.16 texels; factor r, g, b; offset r, g, b (32-bit floats), each 16 bytes. */
export const RECORD_BYTES = 48
/** Weights have 7 bits, so that 255 · 128 stays a positive 16-bit number. */
const WEIGHT_BITS = 7
/** Factors are given divided by this: what a value of 1 has grown to after both weightings. */
export const WEIGHTED_ONE = 2 ** (2 * WEIGHT_BITS)
/** Adding 1.5 · 2²³ leaves a float's whole part, rounded, in its low bits. */
const ROUNDING = 1.5 * 2 ** 23
const ROUNDING_BITS = 0x4b400000

// Parameters, then locals.
const [RECORD, BLOCKS, TEXELS, STRIDE, OUT] = [0, 1, 2, 3, 4]
const [X, Y, STEP_X, STEP_Y, ADDRESS, WEIGHT, GROUPS] = [5, 6, 7, 8, 9, 10, 11]
const [FACTOR, OFFSET, FACTOR_STEP, OFFSET_STEP, PIXELS, LOWER] = [12, 13, 14, 15, 16, 20]

/**
 * The inner loop of the warp as a WebAssembly program: draws one row of pixels, 16 for each pair of neighbouring
 * corner records. Reads four texels per pixel, weighs them (vertically in 16-bit lanes, then horizontally by pair
 * sums), applies factor and offset as floats, and packs four pixels at a time into RGB, clamped.
 * In one measurement on a 2-core machine (2026-11) it took about a quarter of the time of the same loop in JavaScript.
 *
 * `drawRow(records, blocks, texels, strideBytes, out)`, all byte offsets in the memory; writes up to 4 bytes more.
 */
export function warpProgram(pages: number): Uint8Array<ArrayBuffer> {
  const locals = [...new Array<number>(7).fill(I32), ...new Array<number>(9).fill(V128)]
  return moduleOf('drawRow', 5, locals, repeat(drawBlock()), pages)
}

function drawBlock(): Code {
  const between = (local: number, step: number, offset: number): Code => [
    ...[...get(RECORD), ...i32Load(offset), ...set(local)],
    ...[
      ...get(RECORD),
      ...i32Load(offset + RECORD_BYTES),
      ...get(local),
      I32_SUB,
      ...constant(4),
      I32_SHR,
      ...set(step),
    ],
    ...increase(local, [...get(step), ...constant(1), I32_SHR]),
  ]
  const betweenFloats = (local: number, step: number, offset: number): Code => [
    ...[...get(RECORD), ...v128Load(offset), ...set(local)],
    ...[...get(RECORD), ...v128Load(offset + RECORD_BYTES), ...get(local), ...F32X4_SUB],
    ...[...f32x4Constant(1 / 16), ...F32X4_MUL, ...set(step)],
    ...[...get(local), ...get(step), ...f32x4Constant(0.5), ...F32X4_MUL, ...F32X4_ADD, ...set(local)],
  ]
  return [
    ...between(X, STEP_X, 0),
    ...between(Y, STEP_Y, 4),
    ...betweenFloats(FACTOR, FACTOR_STEP, 16),
    ...betweenFloats(OFFSET, OFFSET_STEP, 32),
    ...[...constant(4), ...set(GROUPS)],
    ...repeat([...drawFour(), ...increase(GROUPS, constant(-1)), ...get(GROUPS)]),
    ...increase(RECORD, constant(RECORD_BYTES)),
    ...increase(BLOCKS, constant(-1)),
    ...get(BLOCKS),
  ]
}

function drawFour(): Code {
  const pixels = [0, 1, 2, 3].map((i) => PIXELS + i)
  const halves = (a: number, b: number): Code => [...get(a), ...get(b), ...I16_FROM_I32]
  return [
    ...pixels.flatMap(drawPixel),
    ...get(OUT),
    ...halves(pixels[0]!, pixels[1]!),
    ...halves(pixels[2]!, pixels[3]!),
    ...U8_FROM_I16,
    // Every fourth byte is the unused one.
    ...[...get(LOWER), ...shuffle([0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 15, 15, 15])],
    ...v128Store,
    ...increase(OUT, constant(12)),
  ]
}

/** Leaves one pixel's colour as whole numbers, not yet clamped, in `target`. */
function drawPixel(target: number): Code {
  const weight = (coordinate: number): Code => [
    ...[...get(coordinate), ...constant(16 - WEIGHT_BITS), I32_SHR],
    ...[...constant(2 ** WEIGHT_BITS - 1), I32_AND, ...set(WEIGHT)],
  ]
  const otherWeight: Code = [...constant(2 ** WEIGHT_BITS), ...get(WEIGHT), I32_SUB]
  const whole = (coordinate: number): Code => [...get(coordinate), ...constant(16), I32_SHR]
  return [
    ...[...whole(Y), ...get(STRIDE), I32_MUL, ...whole(X), ...constant(2), I32_SHL, I32_ADD],
    ...[...get(TEXELS), I32_ADD, ...set(ADDRESS)],
    // Two neighbours of the upper row and two of the lower: r g b – r g b –, 16 bits each.
    ...weight(Y),
    ...[...get(ADDRESS), ...get(STRIDE), I32_ADD, ...loadBytesWide, ...get(WEIGHT), ...I16X8_SPLAT, ...I16X8_MUL],
    ...set(LOWER),
    ...[...get(ADDRESS), ...loadBytesWide, ...otherWeight, ...I16X8_SPLAT, ...I16X8_MUL],
    ...[...get(LOWER), ...I16X8_ADD, ...set(LOWER)],
    // Neighbours side by side, so that a pair sum weighs them.
    ...[...get(LOWER), ...get(LOWER), ...shuffle([0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15])],
    ...weight(X),
    ...[...get(WEIGHT), ...constant(16), I32_SHL, ...otherWeight, I32_OR, ...I32X4_SPLAT, ...I32X4_DOT],
    ...[...F32X4_FROM_I32, ...get(FACTOR), ...F32X4_MUL, ...get(OFFSET), ...F32X4_ADD],
    ...[...f32x4Constant(ROUNDING), ...F32X4_ADD, ...constant(ROUNDING_BITS), ...I32X4_SPLAT, ...I32X4_SUB],
    ...set(target),
    ...increase(X, get(STEP_X)),
    ...increase(Y, get(STEP_Y)),
    ...[...get(FACTOR), ...get(FACTOR_STEP), ...F32X4_ADD, ...set(FACTOR)],
    ...[...get(OFFSET), ...get(OFFSET_STEP), ...F32X4_ADD, ...set(OFFSET)],
  ]
}
