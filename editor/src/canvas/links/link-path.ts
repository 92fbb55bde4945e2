import { getBezierPath, getSmoothStepPath, getStraightPath, Position } from '@xyflow/react'
import type { Point } from '../../document/edits.ts'
import type { LinkShape } from '../../view/view-store.ts'

const CORNER_PX = 8

/** The line of a cable from an output, at the right of its node, to an input, at the left of its node. */
export function linkPath(shape: LinkShape, from: Point, to: Point): string {
  const ends = {
    sourceX: from.x,
    sourceY: from.y,
    sourcePosition: Position.Right,
    targetX: to.x,
    targetY: to.y,
    targetPosition: Position.Left,
  }
  if (shape === 'straight') return getStraightPath(ends)[0]
  if (shape === 'angled') return getSmoothStepPath({ ...ends, borderRadius: CORNER_PX })[0]
  return getBezierPath(ends)[0]
}
