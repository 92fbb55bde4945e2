import type { Image } from '@beatloom/core'
import { sharedFloats } from './fields.ts'
import type { GlowMap, Texture } from './scene.ts'
import { texelMemory } from './warp-kernel.ts'

/** Mirrored pixels around the picture: the few that flow may reach (`EDGE_PX`) and what the filter reads beyond. */
const PAD = 8
/**
 * Half-way filter, over 64: that of HEVC (ITU-T H.265, table 8-11: −1 4 −11 40 …, flat to 0.4 cycles per pixel) with up to
 * 15 % more at 0.35 cycles, about what reading between texels loses. `bench -- pocket` (quality-sharpness) says what pans
 * keep.
 */
const HALF = [-2, 6, -14, 42, 42, -14, 6, -2] as const
const REACH = HALF.length / 2

/**
 * Packs a picture for the warp at twice its density, each second texel a pixel of the picture, unchanged. Reading
 * twice as densely keeps what bilinear reading between pixels would blur, and whole-pixel reading stays exact.
 * @param picture RGB at the frame's scale.
 * @param threads how many will draw from it at the same time.
 */
export function doubledTexture(picture: Image, frameWidth: number, threads: number): Texture {
  const { width, height, data } = picture
  const paddedWidth = width + 2 * PAD
  const paddedHeight = height + 2 * PAD
  const stride = paddedWidth * 2
  const { memory, texels } = texelMemory(stride, paddedHeight * 2, frameWidth, threads)
  const columns = mirroredIndices(width, -PAD - REACH, paddedWidth + PAD + REACH)
  const rowLength = stride * 3
  // The rows around the one being written, each at double width and 64 times its value.
  const ring = Array.from({ length: HALF.length }, () => new Int32Array(rowLength))
  const rowAt = (row: number) => ring[(row + 4 * HALF.length) % HALF.length]!
  const load = (row: number) => doubleRow(data, mirror(row, height) * width * 3, columns, paddedWidth, rowAt(row))
  for (let row = -PAD - REACH + 1; row < -PAD + REACH; row++) load(row)
  for (let row = -PAD; row < height + PAD; row++) {
    load(row + REACH)
    const first = (row + PAD) * 2 * stride
    const whole = rowAt(row)
    const [a, b, c, d] = [rowAt(row - 3), rowAt(row - 2), rowAt(row - 1), whole]
    const [e, f, g, h] = [rowAt(row + 1), rowAt(row + 2), rowAt(row + 3), rowAt(row + 4)]
    for (let x = 0, i = 0; x < stride; x++, i += 3) {
      texels[first + x] = pack((whole[i]! + 32) >> 6, (whole[i + 1]! + 32) >> 6, (whole[i + 2]! + 32) >> 6)
      texels[first + stride + x] = pack(
        (half(a[i]!, b[i]!, c[i]!, d[i]!, e[i]!, f[i]!, g[i]!, h[i]!) + 2048) >> 12,
        (half(a[i + 1]!, b[i + 1]!, c[i + 1]!, d[i + 1]!, e[i + 1]!, f[i + 1]!, g[i + 1]!, h[i + 1]!) + 2048) >> 12,
        (half(a[i + 2]!, b[i + 2]!, c[i + 2]!, d[i + 2]!, e[i + 2]!, f[i + 2]!, g[i + 2]!, h[i + 2]!) + 2048) >> 12,
      )
    }
  }
  return { texels, memory, stride, density: 2, pad: PAD, width, height }
}

/** Packs a picture as it is: for small previews. One thread may draw from it. */
export function plainTexture(picture: Image, frameWidth: number): Texture {
  const { width, height, data } = picture
  const stride = width + 2 * PAD
  const { memory, texels } = texelMemory(stride, height + 2 * PAD, frameWidth, 1)
  for (let y = -PAD, o = 0; y < height + PAD; y++) {
    const row = mirror(y, height) * width
    for (let x = -PAD; x < width + PAD; x++, o++) {
      const i = (row + mirror(x, width)) * 3
      texels[o] = pack(data[i]!, data[i + 1]!, data[i + 2]!)
    }
  }
  return { texels, memory, stride, density: 1, pad: PAD, width, height }
}

function doubleRow(data: Uint8Array, from: number, columns: Int32Array, paddedWidth: number, out: Int32Array): void {
  for (let x = 0, o = 0; x < paddedWidth; x++, o += 6) {
    // `columns` starts REACH pixels before the padding, so entry x + REACH is pixel x − PAD.
    const k = x + REACH
    for (let colour = 0; colour < 3; colour++) {
      const at = from + colour
      out[o + colour] = data[at + columns[k]!]! << 6
      out[o + 3 + colour] = half(
        data[at + columns[k - 3]!]!,
        data[at + columns[k - 2]!]!,
        data[at + columns[k - 1]!]!,
        data[at + columns[k]!]!,
        data[at + columns[k + 1]!]!,
        data[at + columns[k + 2]!]!,
        data[at + columns[k + 3]!]!,
        data[at + columns[k + 4]!]!,
      )
    }
  }
}

function half(a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number): number {
  return HALF[0] * (a + h) + HALF[1] * (b + g) + HALF[2] * (c + f) + HALF[3] * (d + e)
}

function pack(red: number, green: number, blue: number): number {
  return clampByte(red) | (clampByte(green) << 8) | (clampByte(blue) << 16)
}

const clampByte = (value: number): number => Math.min(255, Math.max(0, value))

/** Byte offsets, within an RGB row, of pixels `from` … , mirrored at both ends. */
function mirroredIndices(length: number, from: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => mirror(from + i, length) * 3)
}

/** −1 → 0, length → length − 1: the edge pixel is repeated once. */
function mirror(index: number, length: number): number {
  const period = 2 * length
  const folded = ((index % period) + period) % period
  return folded < length ? folded : period - 1 - folded
}

/** Brightness (luma) where glow begins and where it is full. */
const GLOW_FROM = 0.55
const GLOW_FULL = 0.85

/**
 * The bright parts of the picture, blurred by σ = 2 % of the frame's width, at an eighth of the frame's density.
 * @param frameWidth in pixels of the picture.
 */
export function glowMap(picture: Image, frameWidth: number, cellPx: number): GlowMap {
  const width = Math.ceil(picture.width / cellPx)
  const height = Math.ceil(picture.height / cellPx)
  const values = sharedFloats(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = meanColour(picture, x * cellPx, y * cellPx, cellPx)
      const luma = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
      const t = Math.min(1, Math.max(0, (luma - GLOW_FROM) / (GLOW_FULL - GLOW_FROM)))
      const amount = (t * t * (3 - 2 * t)) / 255
      values.set([red * amount, green * amount, blue * amount], (y * width + x) * 3)
    }
  }
  blur(values, width, height, (0.02 * frameWidth) / cellPx)
  return { values, width, height, cellPx }
}

function meanColour(picture: Image, left: number, top: number, size: number): [number, number, number] {
  const right = Math.min(picture.width, left + size)
  const bottom = Math.min(picture.height, top + size)
  let red = 0
  let green = 0
  let blue = 0
  for (let y = top; y < bottom; y++) {
    for (let i = (y * picture.width + left) * 3, end = (y * picture.width + right) * 3; i < end; i += 3) {
      red += picture.data[i]!
      green += picture.data[i + 1]!
      blue += picture.data[i + 2]!
    }
  }
  const count = (right - left) * (bottom - top)
  return [red / count, green / count, blue / count]
}

/** Gaussian blur in place, edges repeated. */
function blur(values: Float32Array, width: number, height: number, sigma: number): void {
  const radius = Math.ceil(3 * sigma)
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  )
  const sum = kernel.reduce((total, weight) => total + weight, 0)
  const line = (start: number, step: number, length: number) => {
    const source = Float32Array.from({ length }, (_, i) => values[start + i * step]!)
    for (let i = 0; i < length; i++) {
      let total = 0
      for (let k = -radius; k <= radius; k++) {
        total += source[Math.min(length - 1, Math.max(0, i + k))]! * kernel[k + radius]!
      }
      values[start + i * step] = total / sum
    }
  }
  for (let colour = 0; colour < 3; colour++) {
    for (let y = 0; y < height; y++) line(y * width * 3 + colour, 3, width)
    for (let x = 0; x < width; x++) line(x * 3 + colour, width * 3, height)
  }
}
