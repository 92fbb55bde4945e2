/** A point of a drawn curve, on the unit square: time from left to right, value from bottom to top. */
export type CurvePoint = readonly [x: number, y: number]

/**
 * The drawn curve at x, 0 … 1: smooth through its points and never beyond them (monotone cubic, after Fritsch and
 * Carlson, SIAM J. Numer. Anal. 17, 1980). Before the first and after the last point their values hold.
 * @param points sorted by x.
 */
export function unitCurveAt(points: readonly CurvePoint[], x: number): number {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return 0
  if (x <= first[0]) return first[1]
  if (x >= last[0]) return last[1]
  const after = points.findIndex((point) => point[0] > x)
  const [x0, y0] = points[after - 1] as CurvePoint
  const [x1, y1] = points[after] as CurvePoint
  const width = x1 - x0
  const t = (x - x0) / width
  const start = slopeAt(points, after - 1) * width
  const end = slopeAt(points, after) * width
  const [t2, t3] = [t * t, t * t * t]
  return (2 * t3 - 3 * t2 + 1) * y0 + (t3 - 2 * t2 + t) * start + (3 * t2 - 2 * t3) * y1 + (t3 - t2) * end
}

/** Flat at ends, peaks and valleys; elsewhere the harmonic mean of the slopes on both sides, which cannot overshoot. */
function slopeAt(points: readonly CurvePoint[], index: number): number {
  const before = slopeBetween(points, index - 1)
  const behind = slopeBetween(points, index)
  return before * behind <= 0 ? 0 : (2 * before * behind) / (before + behind)
}

function slopeBetween(points: readonly CurvePoint[], index: number): number {
  const [from, to] = [points[index], points[index + 1]]
  if (!from || !to || to[0] <= from[0]) return 0
  return (to[1] - from[1]) / (to[0] - from[0])
}
