import type { Point } from '../../document/edits.ts'
import type { Box } from './nearest-node.ts'

/** Between neighbours, in the canvas's own measure. */
const GAP = 40

/**
 * The wanted place, or the first one below it where a box of this size covers none of the others. For nodes placed by
 * keyboard: nobody pointed at a spot, and who cannot drag would have to move them apart step by step.
 */
export function placeApart(wanted: Point, size: { width: number; height: number }, boxes: readonly Box[]): Point {
  const column = boxes
    .filter(({ x, width }) => x < wanted.x + size.width + GAP && x + width + GAP > wanted.x)
    .toSorted((a, b) => a.y - b.y)
  let y = wanted.y
  for (const box of column) {
    if (box.y < y + size.height + GAP && box.y + box.height + GAP > y) y = box.y + box.height + GAP
  }
  return { x: wanted.x, y }
}
