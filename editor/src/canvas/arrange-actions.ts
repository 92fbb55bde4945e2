import { align, distribute, type Edge, type Placed, type Places } from '../document/arrange.ts'
import { documentStore, type Recipe } from '../document/document-store.ts'
import { moveNodes, type Point } from '../document/edits.ts'
import { contentsOf, FRAME_EDGE, moveBoxes } from '../document/group-edits.ts'
import { groupTree, levelOf } from '../document/group-tree.ts'
import { type Nested, tidyNested } from '../document/tidy.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { canvasStore, type FlowNode } from './canvas-store.ts'
import { hereNow, selectedWholes } from './groups/group-actions.ts'
import { rectOf } from './groups/group-frames.ts'
import { groupOfItem, itemOfGroup } from './groups/group-ids.ts'
import { estimatedSize } from './nodes/node-size.ts'

/** Moving and arranging what is selected. Pinned nodes stay where they are, and so do frames that hold one. */

const workflowNow = () => documentStore.getState().workflow
const drawn = () => new Map(canvasStore.getState().nodes.map((node) => [node.id, node]))
const isPinned = (node: FlowNode | undefined): boolean => node?.draggable === false

/** Nodes and boxes that move with an item: itself, or what a frame holds. */
export function partsOf(item: string): string[] {
  const group = groupOfItem(item)
  if (group === null || drawn().get(item)?.type === 'box') return [item]
  const { nodes, boxes } = contentsOf(groupTree(workflowNow()), group)
  return [...nodes, ...boxes.map(itemOfGroup)]
}

/** Puts nodes and boxes in places. */
export function placeParts(places: Places): Recipe {
  const nodes: Places = {}
  const boxes: Places = {}
  for (const [item, place] of Object.entries(places)) {
    const group = groupOfItem(item)
    if (group === null) nodes[item] = place
    else boxes[group] = place
  }
  return (draft) => {
    moveNodes(nodes)(draft)
    moveBoxes(boxes)(draft)
  }
}

/** Places of items become places of what is in them. */
function unfolded(places: Places): Places {
  const items = drawn()
  const parts: Places = {}
  for (const [item, { x, y }] of Object.entries(places)) {
    const from = items.get(item)?.position
    if (!from) continue
    for (const part of partsOf(item)) {
      const at = items.get(part)?.position
      if (at) parts[part] = { x: at.x + x - from.x, y: at.y + y - from.y }
    }
  }
  return parts
}

function placed(item: string): Placed | null {
  const node = drawn().get(item)
  if (!node) return null
  const type = workflowNow().nodes[item]?.type ?? ''
  const rect = rectOf(node) ?? { ...node.position, ...estimatedSize(catalogStore.getState().descriptors.get(type)) }
  return { id: item, ...rect }
}

const isHeld = (item: string): boolean => partsOf(item).some((part) => isPinned(drawn().get(part)))

function arrangeable(): Placed[] {
  const { nodes, groups } = selectedWholes()
  const items = [...nodes, ...groups.map(itemOfGroup)].filter((item) => !isHeld(item))
  return items.flatMap((item) => placed(item) ?? [])
}

export function alignSelection(edge: Edge): void {
  const items = arrangeable()
  if (items.length > 1) documentStore.getState().edit(placeParts(unfolded(align(items, edge))))
}

export function distributeSelection(): void {
  const items = arrangeable()
  if (items.length > 2) documentStore.getState().edit(placeParts(unfolded(distribute(items))))
}

/** Moves everything selected that is not pinned; presses in quick succession are one step. */
export function nudgeSelection(by: Point): void {
  const { nodes, groups } = selectedWholes()
  const items = drawn()
  const parts = [...nodes, ...groups.map(itemOfGroup)].flatMap(partsOf).filter((part) => !isPinned(items.get(part)))
  const places: Places = {}
  for (const part of parts) {
    const at = items.get(part)?.position
    if (at) places[part] = { x: at.x + by.x, y: at.y + by.y }
  }
  if (parts.length > 0) documentStore.getState().edit(placeParts(places), `nudge:${parts.join()}`)
}

/** Lays out what is selected, or with fewer than two items everything on this level, along the links. */
export function tidySelection(): void {
  const tree = groupTree(workflowNow())
  const level = levelOf(tree, hereNow())
  const frames = new Set(level.frames.map(itemOfGroup))
  const nest = (item: string): Nested | null => {
    const found = placed(item)
    if (!found || isHeld(item)) return null
    if (!frames.has(item)) return found
    const group = groupOfItem(item)!
    const own = (tree.groups.get(group)?.nodes ?? []).filter((node) => tree.groupOf.get(node) === group)
    const inner = (tree.children.get(group) ?? []).map(itemOfGroup)
    return { ...found, inside: [...own, ...inner].flatMap((part) => nest(part) ?? []) }
  }
  const { nodes, groups } = selectedWholes()
  const chosen = [...nodes, ...groups.map(itemOfGroup)]
  const items = (chosen.length > 1 || frames.has(chosen[0] ?? '') ? chosen : outermostItems()).flatMap(
    (item) => nest(item) ?? [],
  )
  if (items.length === 0) return
  const links = canvasStore.getState().edges.map(({ source, target }) => ({ from: source, to: target }))
  documentStore.getState().edit(placeParts(tidyNested(items, links, FRAME_EDGE)))
}

/** Everything on this level that lies in no frame. */
function outermostItems(): string[] {
  const tree = groupTree(workflowNow())
  const frames = new Set(levelOf(tree, hereNow()).frames)
  return canvasStore.getState().nodes.flatMap(({ id, type }) => {
    if (type === 'stub') return []
    const group = groupOfItem(id)
    const around = group === null ? tree.groupOf.get(id) : tree.parents.get(group)
    return around != null && frames.has(around) ? [] : [id]
  })
}
