import { applyNodeChanges, type NodeChange, type NodePositionChange } from '@xyflow/react'
import type { Places } from '../../document/arrange.ts'
import { documentStore } from '../../document/document-store.ts'
import { contentsOf, moveIntoGroup } from '../../document/group-edits.ts'
import { ancestorsOf, groupTree, levelOf } from '../../document/group-tree.ts'
import { placeParts } from '../arrange-actions.ts'
import { canvasStore, type FlowNode } from '../canvas-store.ts'
import { hereNow } from './group-actions.ts'
import { fitFrames, frameRects, type Rect, rectOf } from './group-frames.ts'
import { groupOfItem, itemOfGroup } from './group-ids.ts'

const treeNow = () => groupTree(documentStore.getState().workflow)

/** Applies changes of the canvas: what is in a dragged frame moves along, and frames follow what is in them. */
export function applyChanges(changes: NodeChange<FlowNode>[], nodes: FlowNode[]): FlowNode[] {
  const tree = treeNow()
  const level = levelOf(tree, hereNow())
  if (level.frames.length === 0) return applyNodeChanges(changes, nodes)
  const next = applyNodeChanges([...changes, ...alongWithFrames(changes, nodes)], nodes)
  const reshapes = changes.some((change) => change.type === 'position' || change.type === 'dimensions')
  return reshapes ? fitFrames(tree, level, next) : next
}

function alongWithFrames(changes: NodeChange<FlowNode>[], nodes: readonly FlowNode[]): NodePositionChange[] {
  const moves = changes.filter((change): change is NodePositionChange => change.type === 'position')
  const moved = new Set(moves.map(({ id }) => id))
  const items = new Map(nodes.map((node) => [node.id, node]))
  const along: NodePositionChange[] = []
  for (const { id, position, dragging } of moves) {
    const frame = items.get(id)
    const group = groupOfItem(id)
    if (frame?.type !== 'frame' || group === null || !position) continue
    const by = { x: position.x - frame.position.x, y: position.y - frame.position.y }
    const { nodes: members, boxes } = contentsOf(treeNow(), group)
    for (const part of [...members, ...boxes.map(itemOfGroup)]) {
      const item = items.get(part)
      if (!item || moved.has(part) || item.draggable === false) continue
      moved.add(part)
      const to = { x: item.position.x + by.x, y: item.position.y + by.y }
      along.push({ id: part, type: 'position', position: to, ...(dragging === undefined ? {} : { dragging }) })
    }
  }
  return along
}

/** The innermost frame under the middle of something that is dragged and not in it yet. */
function frameFor(item: FlowNode, rects: ReadonlyMap<string, Rect>): string | null {
  const rect = rectOf(item)
  if (!rect || item.type === 'frame') return null
  const tree = treeNow()
  const middle = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }
  const under = [...rects].filter(
    ([, { x, y, width, height }]) => middle.x > x && middle.x < x + width && middle.y > y && middle.y < y + height,
  )
  // Outer frames come after the ones inside them.
  const found = under[0]?.[0]
  if (found === undefined) return null
  const group = groupOfItem(item.id)
  const own = group === null ? tree.groupOf.get(item.id) : tree.parents.get(group)
  const around = own == null ? [] : [own, ...ancestorsOf(tree, own)]
  return around.includes(found) ? null : found
}

/** Frames that dragged items would join if they were let go here. */
function joins(dragged: readonly FlowNode[]): Map<string, string> {
  const tree = treeNow()
  const level = levelOf(tree, hereNow())
  const moving = new Set(dragged.map(({ id }) => id))
  if (level.frames.length === 0 || dragged.some(({ type }) => type === 'frame')) return new Map()
  const { nodes } = canvasStore.getState()
  const rects = frameRects(tree, level, nodes, moving)
  return new Map(
    nodes.flatMap((node) => {
      const frame = moving.has(node.id) ? frameFor(node, rects) : null
      return frame === null ? [] : [[node.id, frame] as const]
    }),
  )
}

/** While dragging: the frame that would take what is dragged shows it. */
export function showJoin(dragged: readonly FlowNode[]): void {
  const dropFrame = joins(dragged).values().next().value ?? null
  if (canvasStore.getState().dropFrame !== dropFrame) canvasStore.setState({ dropFrame })
}

/** The end of a drag: everything that moved stays where it is, and joins the frame it was let go over. One undo step. */
export function commitDrag(dragged: readonly FlowNode[]): void {
  const { edit, gesture } = documentStore.getState()
  const places: Places = {}
  const follow = dragged.some(({ type }) => type === 'frame')
  const ids = new Set(dragged.map(({ id }) => id))
  for (const node of canvasStore.getState().nodes) {
    if (node.type !== 'workflow' && node.type !== 'box') continue
    if (ids.has(node.id) || (follow && isInside(node.id, ids))) places[node.id] = node.position
  }
  const into = joins(dragged)
  canvasStore.setState({ dropFrame: null })
  gesture(() => {
    edit(placeParts(places))
    for (const frame of new Set(into.values())) {
      const items = [...into].filter(([, target]) => target === frame).map(([item]) => item)
      const groups = items.flatMap((item) => groupOfItem(item) ?? [])
      edit(moveIntoGroup({ nodes: items.filter((item) => groupOfItem(item) === null), groups }, frame))
    }
  })
}

/** Whether a node or box lies in one of the dragged frames. */
function isInside(item: string, frames: ReadonlySet<string>): boolean {
  const tree = treeNow()
  const group = groupOfItem(item)
  const own = group === null ? tree.groupOf.get(item) : tree.parents.get(group)
  return own != null && [own, ...ancestorsOf(tree, own)].some((around) => frames.has(itemOfGroup(around)))
}
