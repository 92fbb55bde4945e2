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
 * @throws what the signal carries, between two strokes.
 */
export function drawStrokes(mask: Mask, strokes: readonly Stroke[], signal?: AbortSignal): void {
  // How much of each pixel the stroke at hand covers, 0 … 255.
  const covered = new Uint8Array(mask.data.length)
  for (const { mode, radius, points } of strokes) {
    signal?.throwIfAborted()
    covered.fill(0)
    const reach = Math.max(0.5, radius * mask.width)
    const places = points.map(([x, y]) => [x * mask.width, y * mask.height] as const)
    for (const [i, place] of places.entries()) coverLine(mask, places[Math.max(0, i - 1)]!, place, reach, covered)
    for (let at = 0; at < covered.length; at++) {
      const share = covered[at]!
      if (share === 0) continue
      mask.data[at] = mode === 'add' ? Math.max(mask.data[at]!, share) : Math.min(mask.data[at]!, 255 - share)
    }
  }
}

type Place = readonly [x: number, y: number]

/** Notes how much of each pixel lies within `reach` of the line from `a` to `b`, keeping the larger share. */
function coverLine({ width, height }: Mask, a: Place, b: Place, reach: number, covered: Uint8Array): void {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const square = dx * dx + dy * dy
  const inner = Math.max(0, reach - 0.5) ** 2
  const outer = (reach + 0.5) ** 2
  const left = Math.max(0, Math.floor(Math.min(a[0], b[0]) - reach - 1))
  const right = Math.min(width - 1, Math.ceil(Math.max(a[0], b[0]) + reach + 1))
  const top = Math.max(0, Math.floor(Math.min(a[1], b[1]) - reach - 1))
  const bottom = Math.min(height - 1, Math.ceil(Math.max(a[1], b[1]) + reach + 1))
  for (let y = top; y <= bottom; y++) {
    const py = y + 0.5 - a[1]
    for (let x = left, at = y * width + left; x <= right; x++, at++) {
      if (covered[at] === 255) continue
      const px = x + 0.5 - a[0]
      const along = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square))
      const distance = (px - along * dx) ** 2 + (py - along * dy) ** 2
      if (distance >= outer) continue
      const share = distance <= inner ? 255 : Math.round(255 * Math.min(1, reach + 0.5 - Math.sqrt(distance)))
      if (share > covered[at]!) covered[at] = share
    }
  }
}
