import { detailOf, halved, type Plane } from './planes.ts'

/** Where the camera is against the first frame, as models/README.md defines it: lengths in frame widths, roll in radians. */
export interface Pose {
  pan: number
  tilt: number
  zoom: number
  roll: number
}

export const AT_REST: Pose = { pan: 0, tilt: 0, zoom: 0, roll: 0 }

const ROUNDS = 12
const COARSEST_WIDTH = 40
const DETAIL_REACH = 4

/** A frame prepared for following: detail at full size, half, quarter …, finest first. */
export type Pyramid = Plane[]

export function pyramidOf(luma: Plane): Pyramid {
  const levels = [luma]
  while (levels.at(-1)!.width >= 2 * COARSEST_WIDTH) levels.push(halved(levels.at(-1)!))
  return levels.map((level) => detailOf(level, DETAIL_REACH))
}

/**
 * The pose that explains a frame best as a view of the first one: `frame(p) ≈ first(c + e^−zoom R(roll)(p − c) + (pan, tilt))`.
 * Gauss-Newton on pixels from coarse to fine (Lucas and Kanade, 1981), every pixel weighed down the worse it fits
 * (Tukey's weights, scale from the median), so that a subject that moves on its own does not pull the estimate.
 * @param start a pose near the answer, as that of the frame before.
 */
export function estimatePose(first: Pyramid, frame: Pyramid, start: Pose = AT_REST): Pose {
  let pose = start
  for (let level = first.length - 1; level >= 0; level--) pose = refine(first[level]!, frame[level]!, pose)
  return pose
}

function refine(first: Plane, frame: Plane, start: Pose): Pose {
  const pixels = frame.width * frame.height
  const residuals = new Float32Array(pixels)
  const slopes = new Float32Array(pixels * 4)
  let pose = start
  for (let round = 0; round < ROUNDS; round++) {
    const seen = compare(first, frame, pose, residuals, slopes)
    const step = solve(residuals, slopes, scaleOf(residuals, seen))
    if (!step) return pose
    pose = {
      pan: pose.pan + step[0]!,
      tilt: pose.tilt + step[1]!,
      zoom: pose.zoom + step[2]!,
      roll: pose.roll + step[3]!,
    }
    const movedPx = Math.max(...step.map(Math.abs)) * frame.width
    if (movedPx < 0.003) break
  }
  return pose
}

/** Fills residuals (NaN where the first frame shows nothing) and what each pose value does to them. @returns pixels compared. */
function compare(first: Plane, frame: Plane, pose: Pose, residuals: Float32Array, slopes: Float32Array): number {
  const { width, height, values } = first
  const scale = Math.exp(-pose.zoom)
  const cos = scale * Math.cos(pose.roll)
  const sin = scale * Math.sin(pose.roll)
  let seen = 0
  for (let y = 0, i = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++, i++) {
      const dx = x + 0.5 - frame.width / 2
      const dy = y + 0.5 - frame.height / 2
      const turnedX = cos * dx - sin * dy
      const turnedY = sin * dx + cos * dy
      const sx = turnedX + frame.width / 2 + pose.pan * frame.width - 0.5
      const sy = turnedY + frame.height / 2 + pose.tilt * frame.width - 0.5
      if (!(sx >= 1 && sy >= 1 && sx < width - 2 && sy < height - 2)) {
        residuals[i] = Number.NaN
        continue
      }
      const at = Math.floor(sy) * width + Math.floor(sx)
      const u = sx - Math.floor(sx)
      const v = sy - Math.floor(sy)
      const read = (k: number) =>
        (values[k]! * (1 - u) + values[k + 1]! * u) * (1 - v) +
        (values[k + width]! * (1 - u) + values[k + width + 1]! * u) * v
      const gx = (read(at + 1) - read(at - 1)) / 2
      const gy = (read(at + width) - read(at - width)) / 2
      residuals[i] = frame.values[i]! - read(at)
      slopes[i * 4] = gx * width
      slopes[i * 4 + 1] = gy * width
      slopes[i * 4 + 2] = -(gx * turnedX + gy * turnedY)
      slopes[i * 4 + 3] = gy * turnedX - gx * turnedY
      seen++
    }
  }
  return seen
}

/** Deviation of what fits, from the median (1.4826 makes it that of a bell curve). */
function scaleOf(residuals: Float32Array, seen: number): number {
  const some: number[] = []
  const stride = Math.max(1, Math.floor(seen / 2000))
  for (let i = 0; i < residuals.length; i += stride)
    if (!Number.isNaN(residuals[i]!)) some.push(Math.abs(residuals[i]!))
  some.sort((a, b) => a - b)
  return 1.4826 * Math.max(some[some.length >> 1] ?? 0, 0.01)
}

/** The weighted least-squares step; null where the pictures say too little. */
function solve(residuals: Float32Array, slopes: Float32Array, scale: number): number[] | null {
  const TUKEY = 4.685
  const normal = Array.from({ length: 4 }, () => new Float64Array(5))
  for (let i = 0; i < residuals.length; i++) {
    const r = residuals[i]! / (TUKEY * scale)
    if (!(Math.abs(r) < 1)) continue
    const weight = (1 - r * r) ** 2
    for (let a = 0; a < 4; a++) {
      const part = weight * slopes[i * 4 + a]!
      for (let b = a; b < 4; b++) normal[a]![b]! += part * slopes[i * 4 + b]!
      normal[a]![4]! += part * residuals[i]!
    }
  }
  for (let a = 1; a < 4; a++) for (let b = 0; b < a; b++) normal[a]![b] = normal[b]![a]!
  return eliminate(normal)
}

/** Gaussian elimination with pivots of `[4, 5]`; null when it has no single answer. */
function eliminate(rows: Float64Array[]): number[] | null {
  const size = rows.length
  for (let column = 0; column < size; column++) {
    const pivot = rows.slice(column).reduce((a, b) => (Math.abs(b[column]!) > Math.abs(a[column]!) ? b : a))
    if (Math.abs(pivot[column]!) < 1e-9) return null
    rows.splice(rows.indexOf(pivot), 1)
    rows.splice(column, 0, pivot)
    for (const row of rows) {
      if (row === pivot) continue
      const factor = row[column]! / pivot[column]!
      for (let k = column; k <= size; k++) row[k]! -= factor * pivot[k]!
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!)
}
