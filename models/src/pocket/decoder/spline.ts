/** Four neighbouring samples and how much each counts; indices past the ends repeat the last sample. */
export interface Taps {
  /** Four per position. */
  index: Int32Array
  weight: Float64Array
}

/**
 * Catmull-Rom taps around a position in a series: passes through the samples, first derivative continuous.
 * Catmull and Rom, "A class of local interpolating splines", 1974.
 */
export function catmullRomTaps(position: number, length: number): Taps {
  const t = position - Math.floor(position)
  return tapsAt(position, length, [
    t * (-0.5 + t * (1 - 0.5 * t)),
    1 + t * t * (-2.5 + 1.5 * t),
    t * (0.5 + t * (2 - 1.5 * t)),
    t * t * (-0.5 + 0.5 * t),
  ])
}

function bSplineTaps(position: number, length: number): Taps {
  const t = position - Math.floor(position)
  const s = 1 - t
  return tapsAt(position, length, [
    (s * s * s) / 6,
    (4 + t * t * (3 * t - 6)) / 6,
    (4 + s * s * (3 * s - 6)) / 6,
    (t * t * t) / 6,
  ])
}

function tapsAt(position: number, length: number, weight: number[]): Taps {
  const first = Math.floor(position) - 1
  const index = Int32Array.from({ length: 4 }, (_, k) => Math.min(length - 1, Math.max(0, first + k)))
  return { index, weight: Float64Array.from(weight) }
}

/**
 * Cubic B-spline taps for many places along one axis of a grid of cells. The B-spline stays within its samples and
 * has a continuous second derivative, so no edge of the coarse grid shows.
 * @param places in fractions of the axis, 0 … 1; cell `i` of `cells` has its sample at `(i + .5) / cells`.
 */
export function gridTaps(places: ArrayLike<number>, cells: number): Taps {
  const index = new Int32Array(places.length * 4)
  const weight = new Float64Array(places.length * 4)
  for (let i = 0; i < places.length; i++) {
    const taps = bSplineTaps(places[i]! * cells - 0.5, cells)
    index.set(taps.index, i * 4)
    weight.set(taps.weight, i * 4)
  }
  return { index, weight }
}

/**
 * Evaluates one plane of the grid at every pair of places.
 * @param plane `rows × columns`, row-major.
 * @param scratch at least `rows × number of places across`.
 * @param out `places down × places across`.
 */
export function upsamplePlane(
  plane: Float32Array,
  columns: number,
  across: Taps,
  down: Taps,
  scratch: Float32Array,
  out: Float32Array,
): void {
  const rows = plane.length / columns
  const width = across.index.length / 4
  const height = down.index.length / 4
  for (let row = 0; row < rows; row++) {
    const from = row * columns
    for (let x = 0, k = 0; x < width; x++, k += 4) {
      scratch[row * width + x] =
        plane[from + across.index[k]!]! * across.weight[k]! +
        plane[from + across.index[k + 1]!]! * across.weight[k + 1]! +
        plane[from + across.index[k + 2]!]! * across.weight[k + 2]! +
        plane[from + across.index[k + 3]!]! * across.weight[k + 3]!
    }
  }
  for (let y = 0; y < height; y++) {
    const k = y * 4
    const r0 = down.index[k]! * width
    const r1 = down.index[k + 1]! * width
    const r2 = down.index[k + 2]! * width
    const r3 = down.index[k + 3]! * width
    const w0 = down.weight[k]!
    const w1 = down.weight[k + 1]!
    const w2 = down.weight[k + 2]!
    const w3 = down.weight[k + 3]!
    for (let x = 0; x < width; x++) {
      out[y * width + x] = scratch[r0 + x]! * w0 + scratch[r1 + x]! * w1 + scratch[r2 + x]! * w2 + scratch[r3 + x]! * w3
    }
  }
}
