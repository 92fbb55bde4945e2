import type { NodeChange, NodePositionChange } from '@xyflow/react'
import { createStore } from 'zustand/vanilla'
import type { Point } from '../../document/edits.ts'
import { viewStore } from '../../view/view-store.ts'
import { canvasStore, type FlowNode } from '../canvas-store.ts'

/** Lines that show, while nodes are dragged, which edges or middles stand in line with others. */

export interface Guide {
  /** Where the line is, and from where to where it runs, on the canvas. */
  at: number
  from: number
  to: number
}

/** `x`: an upright line. */
export const guideStore = createStore<{ x: Guide | null; y: Guide | null }>(() => ({ x: null, y: null }))

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

const REACH_PX = 6
/** Farther nodes are not in line with anything a person looks at. */
const NEAR_PX = 1600

let dragging = false
let zoom = 1

export function startAligning(currentZoom: number): void {
  dragging = true
  zoom = currentZoom
}

export function stopAligning(): void {
  dragging = false
  guideStore.setState({ x: null, y: null })
}

const isMove = (change: NodeChange<FlowNode>): change is NodePositionChange & { position: Point } =>
  change.type === 'position' && change.position !== undefined

const boxOf = (node: FlowNode, at: Point = node.position): Box => ({
  left: at.x,
  top: at.y,
  width: node.measured?.width ?? node.width ?? 0,
  height: node.measured?.height ?? node.height ?? 0,
})

/** The changes of a drag, pulled into line with nodes nearby. */
export function alignDragged(changes: NodeChange<FlowNode>[]): NodeChange<FlowNode>[] {
  const moves = dragging ? changes.filter(isMove) : []
  if (moves.length === 0) return changes
  const { nodes } = canvasStore.getState()
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const moved = new Set(moves.map(({ id }) => id))
  const boxes = moves.flatMap((move) => {
    const node = byId.get(move.id)
    return node ? boxOf(node, move.position) : []
  })
  if (boxes.length === 0) return changes
  const whole = around(boxes)
  const others = nodes.filter((node) => !moved.has(node.id) && node.type !== 'frame').map((node) => boxOf(node))
  const { by, x, y } = alignment(whole, others, viewStore.getState().snap ? 0.5 : REACH_PX / zoom)
  guideStore.setState({ x, y })
  if (by.x === 0 && by.y === 0) return changes
  return changes.map((change) =>
    isMove(change) ? { ...change, position: { x: change.position.x + by.x, y: change.position.y + by.y } } : change,
  )
}

/** How far to shift a box so that it stands in line with the nearest of the others, and the lines that show it. */
export function alignment(
  box: Box,
  others: readonly Box[],
  reach: number,
): { by: Point; x: Guide | null; y: Guide | null } {
  const near = others.filter(
    (other) => Math.abs(other.left - box.left) < NEAR_PX && Math.abs(other.top - box.top) < NEAR_PX,
  )
  const across = nearest(
    lines(box.left, box.width),
    near.map((other) => lines(other.left, other.width)),
    reach,
  )
  const down = nearest(
    lines(box.top, box.height),
    near.map((other) => lines(other.top, other.height)),
    reach,
  )
  const by = { x: across?.by ?? 0, y: down?.by ?? 0 }
  const placed = { ...box, left: box.left + by.x, top: box.top + by.y }
  return {
    by,
    x: across && guide(across.at, [placed, ...across.found.map((i) => near[i]!)], (b) => [b.top, b.top + b.height]),
    y: down && guide(down.at, [placed, ...down.found.map((i) => near[i]!)], (b) => [b.left, b.left + b.width]),
  }
}

/** Start, middle, end. */
const lines = (start: number, size: number): number[] => [start, start + size / 2, start + size]

function nearest(
  own: readonly number[],
  others: readonly (readonly number[])[],
  reach: number,
): { by: number; at: number; found: number[] } | null {
  let best: { by: number; at: number } | null = null
  for (const line of others) {
    for (const [index, at] of line.entries()) {
      const by = at - own[index]!
      if (Math.abs(by) <= reach && (!best || Math.abs(by) < Math.abs(best.by))) best = { by, at }
    }
  }
  if (!best) return null
  const { by, at } = best
  const found = others.flatMap((line, index) => (line.some((other) => Math.abs(other - at) < 0.5) ? index : []))
  return { by, at, found }
}

function guide(at: number, boxes: readonly Box[], span: (box: Box) => number[]): Guide {
  const ends = boxes.flatMap(span)
  return { at, from: Math.min(...ends), to: Math.max(...ends) }
}

function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map((box) => box.left))
  const top = Math.min(...boxes.map((box) => box.top))
  const right = Math.max(...boxes.map((box) => box.left + box.width))
  const bottom = Math.max(...boxes.map((box) => box.top + box.height))
  return { left, top, width: right - left, height: bottom - top }
}
