import type { GroupColour } from '@beatloom/core'
import { documentStore } from '../../document/document-store.ts'
import {
  colourGroup,
  contentsOf,
  dissolveGroups,
  FRAME_EDGE,
  frameToSubgraph,
  freshGroupId,
  type Items,
  makeGroup,
  moveIntoGroup,
  outermost,
  toggleCollapsed,
} from '../../document/group-edits.ts'
import { groupTree, isBox, levelOf, pathTo } from '../../document/group-tree.ts'
import { type Mark, toggleMark } from '../../document/marks.ts'
import { canvasStore, positionsNow, selectedIds, selectedItems, selectOnly } from '../canvas-store.ts'
import { groupOfItem, itemOfGroup } from './group-ids.ts'

/** Groups and marks as gestures on what is selected; each is one undo step. */

const doc = () => documentStore.getState()
const tree = () => groupTree(doc().workflow)
/** The group whose inside is on screen. */
export const hereNow = (): string | null => canvasStore.getState().path.at(-1) ?? null

/** What is selected, groups as wholes. */
export function selectedWholes(): Items {
  const items = selectedItems()
  const groups = items.flatMap((item) => groupOfItem(item) ?? [])
  const nodes = items.filter((item) => item in doc().workflow.nodes)
  return outermost(tree(), { nodes, groups })
}

const isNothing = ({ nodes, groups }: Items): boolean => nodes.length + groups.length === 0

export function groupSelection(): void {
  const items = selectedWholes()
  if (isNothing(items)) return
  const id = freshGroupId(doc().workflow)
  doc().edit(makeGroup(id, items, { kind: 'frame' }))
  selectOnly([itemOfGroup(id)])
}

/** A frame alone becomes a sub-graph; anything else is put into a new one. */
export function subgraphSelection(): void {
  const items = selectedWholes()
  if (isNothing(items)) return
  const [only, ...more] = items.groups
  const places = positionsNow()
  if (only !== undefined && more.length === 0 && items.nodes.length === 0) {
    if (tree().groups.get(only)?.kind === 'subgraph') return
    doc().edit(frameToSubgraph(only, places))
    selectOnly([itemOfGroup(only)])
    return
  }
  const id = freshGroupId(doc().workflow, 'subgraph')
  const corners = [...items.nodes, ...items.groups.map(itemOfGroup)].flatMap((item) => places[item] ?? [])
  const at = {
    x: Math.min(...corners.map(({ x }) => x)) - FRAME_EDGE.side,
    y: Math.min(...corners.map(({ y }) => y)) - FRAME_EDGE.top,
  }
  doc().edit(makeGroup(id, items, { kind: 'subgraph', at }))
  selectOnly([itemOfGroup(id)])
}

/** The selected groups, else the frames that selected nodes are members of. */
function groupsMeant(): string[] {
  const { nodes, groups } = selectedWholes()
  if (groups.length > 0) return [...groups]
  const drawn = new Set(levelOf(tree(), hereNow()).frames)
  const around = nodes.flatMap((node) => tree().groupOf.get(node) ?? [])
  return [...new Set(around.filter((group) => drawn.has(group)))]
}

export function ungroupSelection(): void {
  const groups = groupsMeant()
  if (groups.length === 0) return
  const freed = groups.flatMap((id) => {
    const { nodes, boxes } = contentsOf(tree(), id)
    return [...nodes, ...boxes.map(itemOfGroup)]
  })
  doc().edit(dissolveGroups(groups, positionsNow()))
  selectOnly(freed)
}

/** Takes what is selected out of its frames; it stays on this level. */
export function leaveFrames(): void {
  const items = selectedWholes()
  if (!isNothing(items)) doc().edit(moveIntoGroup(items, hereNow()))
}

export function collapseGroups(groups: readonly string[]): void {
  doc().edit(toggleCollapsed(groups, positionsNow()))
  selectOnly(groups.map(itemOfGroup))
}

/** Nodes down to title and ports, frames down to one box. */
export function collapseSelection(): void {
  const { nodes, groups } = selectedWholes()
  const frames = groups.filter((id) => tree().groups.get(id)?.kind === 'frame')
  if (nodes.length + frames.length === 0) return
  doc().gesture(() => {
    if (nodes.length > 0) doc().edit(toggleMark(nodes, 'collapsed'))
    if (frames.length > 0) doc().edit(toggleCollapsed(frames, positionsNow()))
  })
  if (frames.length > 0) selectOnly([...nodes, ...frames.map(itemOfGroup)])
}

export function markSelection(mark: Mark): void {
  const ids = selectedIds()
  if (ids.length > 0) doc().edit(toggleMark(ids, mark))
}

export function colourSelection(colour: GroupColour): void {
  const groups = groupsMeant()
  doc().gesture(() => {
    for (const id of groups) doc().edit(colourGroup(id, colour))
  })
}

/** The one selected box, which could be entered. */
function boxMeant(): string | null {
  const [only, ...more] = selectedItems().flatMap((item) => groupOfItem(item) ?? [])
  const group = only === undefined ? undefined : tree().groups.get(only)
  return group && more.length === 0 && isBox(group) ? group.id : null
}

/** Shows the inside of a box. */
export function enterGroup(id: string): void {
  canvasStore.setState({ path: pathTo(tree(), id), renaming: null, bubble: null, chooser: null, palette: null })
  selectOnly([])
}

export const canEnter = (): boolean => boxMeant() !== null

export function enterSelection(): void {
  const box = boxMeant()
  if (box !== null) enterGroup(box)
}

/** Back to the level around, or to the one that is `depth` boxes deep; the box that was left is selected. */
export function leaveGroup(depth = canvasStore.getState().path.length - 1): void {
  const { path } = canvasStore.getState()
  const left = path[depth]
  if (left === undefined) return
  canvasStore.setState({ path: path.slice(0, depth), renaming: null, bubble: null, chooser: null, palette: null })
  selectOnly([itemOfGroup(left)])
}

export function toggleFullBox(group: string): void {
  const { fullBoxes } = canvasStore.getState()
  const without = fullBoxes.filter((id) => id !== group)
  canvasStore.setState({ fullBoxes: without.length < fullBoxes.length ? without : [...fullBoxes, group] })
}

export function toggleFullSelection(): void {
  for (const item of selectedItems()) {
    const group = groupOfItem(item)
    const found = group === null ? undefined : tree().groups.get(group)
    if (found && isBox(found)) toggleFullBox(found.id)
  }
}

/** Selects an item as a click on it does: alone, or with a key held besides what is selected. */
export function pickItem(item: string, event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): void {
  const items = selectedItems()
  const others = items.filter((other) => other !== item)
  const drops = others.length < items.length && !event.shiftKey
  const adds = event.shiftKey || event.ctrlKey || event.metaKey
  selectOnly(adds ? (drops ? others : [...others, item]) : [item])
}

/** Renames the port whose handle has the focus, else the first selected node or group. */
export function startRename(): void {
  const port = document.activeElement?.closest('.port')?.querySelector<HTMLElement>('[data-label]')
  canvasStore.setState({ renaming: port?.dataset.label ?? selectedItems()[0] ?? null })
}

/** Escape: nothing selected; with nothing selected, one level up. */
export function clearOrLeave(): void {
  const { edges } = canvasStore.getState()
  if (selectedItems().length === 0 && !edges.some((edge) => edge.selected)) leaveGroup()
  else selectOnly([])
}
