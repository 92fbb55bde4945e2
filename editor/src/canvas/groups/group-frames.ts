import { FRAME_EDGE } from '../../document/group-edits.ts'
import type { GroupTree, Level } from '../../document/group-tree.ts'
import type { FlowNode } from '../canvas-store.ts'
import { groupOfItem, itemOfGroup } from './group-ids.ts'

export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

/** The place and measured size of what is drawn; null before it was drawn first. */
export function rectOf(node: FlowNode): Rect | null {
  const width = node.measured?.width ?? node.width
  const height = node.measured?.height ?? node.height
  if (width === undefined || height === undefined) return null
  return { x: node.position.x, y: node.position.y, width, height }
}

/** Rectangles of the open frames of a level, around what is in them. `without` names items that do not count. */
export function frameRects(
  tree: GroupTree,
  level: Level,
  nodes: readonly FlowNode[],
  without: ReadonlySet<string> = new Set(),
): Map<string, Rect> {
  const parts = new Map<string, Rect[]>()
  const drawn = new Set(level.frames)
  const add = (frame: string | null | undefined, rect: Rect) => {
    if (frame == null || !drawn.has(frame)) return
    const list = parts.get(frame)
    if (list) list.push(rect)
    else parts.set(frame, [rect])
  }
  for (const node of nodes) {
    if (without.has(node.id) || (node.type !== 'workflow' && node.type !== 'box')) continue
    const rect = rectOf(node)
    const group = groupOfItem(node.id)
    if (rect) add(group === null ? tree.groupOf.get(node.id) : tree.parents.get(group), rect)
  }
  const rects = new Map<string, Rect>()
  // Inner frames come later in the list, so backwards each is known before the frame around it.
  for (const id of level.frames.toReversed()) {
    const inside = parts.get(id)
    if (!inside) continue
    const x = Math.min(...inside.map((rect) => rect.x)) - FRAME_EDGE.side
    const y = Math.min(...inside.map((rect) => rect.y)) - FRAME_EDGE.top
    const right = Math.max(...inside.map((rect) => rect.x + rect.width)) + FRAME_EDGE.side
    const bottom = Math.max(...inside.map((rect) => rect.y + rect.height)) + FRAME_EDGE.bottom
    const rect = { x, y, width: right - x, height: bottom - y }
    rects.set(id, rect)
    add(tree.parents.get(id), rect)
  }
  return rects
}

/** Behind the nodes even while selected, which lifts by a thousand; inner frames in front of outer ones. */
const BEHIND = -2000

/** The same nodes with the frames drawn around where things are now; frames that did not change stay the same. */
export function fitFrames(tree: GroupTree, level: Level, nodes: readonly FlowNode[]): FlowNode[] {
  const rects = frameRects(tree, level, nodes)
  const old = new Map(nodes.filter((node) => node.type === 'frame').map((node) => [node.id, node]))
  const frames = level.frames.flatMap((id, index): FlowNode[] => {
    const rect = rects.get(id)
    if (!rect) return []
    const item = itemOfGroup(id)
    const before = old.get(item)
    const { x, y, width, height } = rect
    if (
      before &&
      before.position.x === x &&
      before.position.y === y &&
      before.width === width &&
      before.height === height
    )
      return [before.zIndex === BEHIND + index ? before : { ...before, zIndex: BEHIND + index }]
    const position = { x, y }
    if (before) return [{ ...before, position, width, height, zIndex: BEHIND + index }]
    return [{ ...FRAME, id: item, position, width, height, zIndex: BEHIND + index, data: {} }]
  })
  return [...frames, ...nodes.filter((node) => node.type !== 'frame')]
}

/** Dragged and clicked by its head alone: what shows between the nodes belongs to the canvas. */
const FRAME = {
  type: 'frame',
  selectable: false,
  dragHandle: '.frame-head',
  style: { pointerEvents: 'none' },
} satisfies Partial<FlowNode>
