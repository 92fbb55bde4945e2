import { catmullRomTaps } from './spline.ts'

/** Planes of `Fields.values` in each latent frame. */
export const FLOW_X = 0
export const FLOW_Y = 1
export const GAIN = 2
export const GLOW = 3
export const WARMTH = 4
export const PLANES = 5

/** A latent in physical units, relative to its first frame. */
export interface Fields {
  latentFrames: number
  /** Latent frames per second. */
  latentRate: number
  rows: number
  columns: number
  /** `[latentFrames, PLANES, rows, columns]`; flow is residual plus local, in fractions of the frame's width. */
  values: Float32Array
  /** `[latentFrames, 4]`: pan, tilt, log-zoom, roll. */
  camera: Float64Array
  /** Where the camera stands at first, as a shot before left it; `camera` begins there. */
  startCamera: readonly [number, number, number, number]
}

/** Zeroed floats that threads share. */
export function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * 4))
}

/** Where a moment lies in the latent, in latent frames; past the end it stays on the last one. */
export function latentPosition(fields: Pick<Fields, 'latentFrames' | 'latentRate'>, seconds: number): number {
  return Math.min(fields.latentFrames - 1, Math.max(0, seconds * fields.latentRate))
}

/** The camera with what it has moved since the start of the shot scaled. */
export function scaledPath(
  camera: readonly [number, number, number, number],
  { startCamera: start }: Pick<Fields, 'startCamera'>,
  scale: number,
): [number, number, number, number] {
  const along = (channel: 0 | 1 | 2 | 3) => start[channel] + (camera[channel] - start[channel]) * scale
  return [along(0), along(1), along(2), along(3)]
}

/** Pan, tilt, log-zoom and roll at a moment, Catmull-Rom in time. */
export function cameraAt(fields: Fields, seconds: number): [number, number, number, number] {
  const taps = catmullRomTaps(latentPosition(fields, seconds), fields.latentFrames)
  const value = (channel: number) => {
    let sum = 0
    for (let k = 0; k < 4; k++) sum += fields.camera[taps.index[k]! * 4 + channel]! * taps.weight[k]!
    return sum
  }
  return [value(0), value(1), value(2), value(3)]
}
