import type { Fields } from './fields.ts'

/** Mesh blocks are this many pixels square; positions and light are exact at their corners and linear inside. */
export const BLOCK = 16

/** The picture as the threads read it. */
export interface Texture {
  /** Red, green and blue in bits 0–7, 8–15, 16–23; padded by mirrored pixels. */
  texels: Int32Array
  /** Holds the texels and, behind them, a workspace for each drawing thread (`warp-kernel.ts`). */
  memory: WebAssembly.Memory
  /** Texels per row. */
  stride: number
  /** Texels per picture pixel: 1 or 2. Picture pixel `i` is texel `(i + pad) · density`. */
  density: number
  /** Mirrored picture pixels on each side. */
  pad: number
  /** Picture pixels, without padding; at the frame's scale. */
  width: number
  height: number
}

/** Bright parts of the picture, blurred: RGB 0 … 1, `height × width × 3`, one sample per `cellPx` picture pixels. */
export interface GlowMap {
  values: Float32Array
  width: number
  height: number
  cellPx: number
}

/** Per-frame values in `Scene.track`. */
export const PAN = 0
export const TILT = 1
export const ZOOM = 2
export const ROLL = 3
export const LIGHT_SCALE = 4
export const PULSE = 5
export const TRACK_VALUES = 6

/** Everything that rendering any frame needs: plain data over shared memory, so it can be sent to threads. */
export interface Scene {
  width: number
  height: number
  frameRate: number
  frameCount: number
  /** `camera` is left out: `track` holds it per frame. */
  fields: Omit<Fields, 'camera'>
  /** 1, or less where flow alone would leave the picture. */
  flowScale: number
  /** `[2, cells]`: log-gain, then glow, per unit of the frame's pulse. */
  pulseMap: Float32Array
  /** `[frameCount, TRACK_VALUES]`: camera, how much of the light to apply, the pulse. */
  track: Float64Array
  texture: Texture
  glow: GlowMap
  /** The frame's corner in the picture at frame 0, whole picture pixels. */
  originX: number
  originY: number
}

/** Corners of the blocks along one side, in pixels; the last one lies on the frame's edge. */
export function blockCorners(sizePx: number): Float64Array {
  const blocks = Math.ceil(sizePx / BLOCK)
  return Float64Array.from({ length: blocks + 1 }, (_, i) => Math.min(i * BLOCK, sizePx))
}
