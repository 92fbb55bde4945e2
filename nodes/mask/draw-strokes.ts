import type { Mask } from '@beatloom/core'

/** A round brush drawn along points, or lifted: adding to a mask or taking away from it. */
export interface Stroke {
  mode: 'add' | 'erase'
  /** Of the brush, in widths of the picture. */
  radius: number
  /** Places in fractions of the picture's width and height, in turn. */
  points: readonly (readonly [number, number])[]
}

/**
 * Draws strokes over a mask, one after another; edges are smooth over one pixel.
 * @param mask drawn on; changed.
 */
export function drawStrokes(mask: Mask, strokes: readonly Stroke[]): void {
  for (const { mode, radius, points } of strokes) {
    const reach = Math.max(0.5, radius * mask.width)
    const places = points.map(([x, y]) => [x * mask.width, y * mask.height] as const)
    const covered = new Map<number, number>()
    for (const [i, place] of places.entries()) coverLine(mask, places[Math.max(0, i - 1)]!, place, reach, covered)
    for (const [at, share] of covered) {
      const before = mask.data[at]!
      mask.data[at] = Math.round(mode === 'add' ? Math.max(before, 255 * share) : Math.min(before, 255 * (1 - share)))
    }
  }
}

type Place = readonly [x: number, y: number]

/** Notes how much of each pixel lies within `reach` of the line from `a` to `b`, keeping the larger share. */
function coverLine({ width, height }: Mask, a: Place, b: Place, reach: number, covered: Map<number, number>): void {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const square = dx * dx + dy * dy
  const left = Math.max(0, Math.floor(Math.min(a[0], b[0]) - reach - 1))
  const right = Math.min(width - 1, Math.ceil(Math.max(a[0], b[0]) + reach + 1))
  const top = Math.max(0, Math.floor(Math.min(a[1], b[1]) - reach - 1))
  const bottom = Math.min(height - 1, Math.ceil(Math.max(a[1], b[1]) + reach + 1))
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5 - a[0], y + 0.5 - a[1]]
      const along = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square))
      const share = reach + 0.5 - Math.hypot(px - along * dx, py - along * dy)
      if (share <= 0) continue
      const at = y * width + x
      const whole = Math.min(1, share)
      if (whole > (covered.get(at) ?? 0)) covered.set(at, whole)
    }
  }
}
