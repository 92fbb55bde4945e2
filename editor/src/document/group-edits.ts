import type { Group, GroupColour, Workflow } from '@beatloom/core'
import type { Draft } from 'immer'
import type { Recipe } from './document-store.ts'
import type { Point } from './edits.ts'
import { dropEmptyGroups } from './group-members.ts'
import { ancestorsOf, type GroupTree, groupsAround, groupTree, isBox, readTree } from './group-tree.ts'

/** Groups, made and changed. A frame is drawn around its members; a sub-graph, or a collapsed frame, is one box. */

/** What lies between a frame's edge and its members; the title sits in the upper part. Multiples of the grid. */
export const FRAME_EDGE = { side: 24, top: 56, bottom: 24 }

/** Things of one level: nodes and whole groups. */
export interface Items {
  nodes: readonly string[]
  groups: readonly string[]
}

type NamedGroups = { layout: { groups: readonly { id: string }[] } }

/** `group`, `group-2` …: free in this workflow. */
export function freshGroupId(workflow: NamedGroups, base = 'group'): string {
  const taken = new Set(workflow.layout.groups.map((group) => group.id))
  if (!taken.has(base)) return base
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`
}

/** Leaves out what is inside a group that is itself named. */
export function outermost(tree: GroupTree, items: Items): Items {
  const named = new Set(items.groups)
  return {
    nodes: items.nodes.filter((node) => !groupsAround(tree, node).some((group) => named.has(group))),
    groups: items.groups.filter((group) => !ancestorsOf(tree, group).some((around) => named.has(around))),
  }
}

/** The innermost group that all the items lie in. */
function commonGroup(tree: GroupTree, items: Items): string | null {
  const ways = [
    ...items.nodes.map((node) => groupsAround(tree, node)),
    ...items.groups.map((group) => ancestorsOf(tree, group)),
  ]
  return ways[0]?.find((group) => ways.every((way) => way.includes(group))) ?? null
}

/** Puts nodes and groups into a new group, in the place where they were. */
export function makeGroup(
  id: string,
  wanted: Items,
  facts: { kind: Group['kind']; at?: Point; colour?: GroupColour },
): Recipe {
  return (draft) => {
    const tree = readTree(draft.layout.groups)
    const items = outermost(tree, {
      nodes: wanted.nodes.filter((node) => node in draft.nodes),
      groups: wanted.groups.filter((group) => tree.groups.has(group)),
    })
    if (items.nodes.length + items.groups.length === 0) return
    const parent = commonGroup(tree, items)
    const left = takeOut(draft, tree, items)
    const group: Group = {
      id,
      title: '',
      colour: facts.colour ?? 'grey',
      kind: facts.kind,
      nodes: [...items.nodes],
      ...(parent === null ? {} : { parent }),
      ...(facts.at ? { at: [Math.round(facts.at.x), Math.round(facts.at.y)] } : {}),
    }
    draft.layout.groups.push(group)
    for (const inner of draft.layout.groups) if (items.groups.includes(inner.id)) inner.parent = id
    dropEmptyGroups(draft, left)
  }
}

/** Removes items from the groups they are in; returns the groups that lost something. */
function takeOut(draft: Draft<Workflow>, tree: GroupTree, items: Items): Set<string> {
  const left = new Set<string>()
  const moving = new Set(items.nodes)
  for (const group of draft.layout.groups) {
    if (!group.nodes.some((node) => moving.has(node))) continue
    group.nodes = group.nodes.filter((node) => !moving.has(node))
    left.add(group.id)
  }
  for (const id of items.groups) {
    const parent = tree.parents.get(id)
    if (parent) left.add(parent)
  }
  return left
}

/** Puts items into an existing group, or with null outside all groups. */
export function moveIntoGroup(wanted: Items, target: string | null): Recipe {
  return (draft) => {
    const tree = readTree(draft.layout.groups)
    if (target !== null && !tree.groups.has(target)) return
    const inside = new Set(target === null ? [] : [target, ...ancestorsOf(tree, target)])
    const nodes = wanted.nodes.filter((node) => node in draft.nodes && (tree.groupOf.get(node) ?? null) !== target)
    const groups = wanted.groups.filter(
      (id) => tree.groups.has(id) && !inside.has(id) && (tree.parents.get(id) ?? null) !== target,
    )
    const left = takeOut(draft, tree, { nodes, groups })
    for (const group of draft.layout.groups) {
      if (group.id === target) group.nodes.push(...nodes)
      if (!groups.includes(group.id)) continue
      if (target === null) delete group.parent
      else group.parent = target
    }
    dropEmptyGroups(draft, left)
  }
}

/** Takes groups apart: what was in them is afterwards in the group around them, where the box last stood. */
export function dissolveGroups(ids: readonly string[], places: Record<string, Point>): Recipe {
  return (draft) => {
    for (const id of ids) {
      const tree = readTree(draft.layout.groups)
      const group = draft.layout.groups.find((candidate) => candidate.id === id)
      if (!group) continue
      if (isBox(group)) unfold(draft, tree, id, places)
      const parent = tree.parents.get(id) ?? null
      const home = draft.layout.groups.find((candidate) => candidate.id === parent)
      if (home) home.nodes.push(...group.nodes.filter((node) => tree.groupOf.get(node) === id))
      for (const inner of draft.layout.groups) {
        if (inner.parent !== id) continue
        if (parent === null) delete inner.parent
        else inner.parent = parent
      }
      draft.layout.groups.splice(draft.layout.groups.indexOf(group), 1)
    }
  }
}

/** What moves with a group: its nodes, those of open frames in it, and boxes in it. */
export function contentsOf(tree: GroupTree, id: string): { nodes: string[]; boxes: string[] } {
  const nodes: string[] = []
  const boxes: string[] = []
  const queue = [id]
  for (const at of queue) {
    nodes.push(...(tree.groups.get(at)?.nodes ?? []).filter((node) => tree.groupOf.get(node) === at))
    for (const inner of tree.children.get(at) ?? []) {
      if (isBox(tree.groups.get(inner)!)) boxes.push(inner)
      else queue.push(inner)
    }
  }
  return { nodes, boxes }
}

/** Where a box stands: its saved place, else the corner of a frame around what is in it. */
export function boxPlace(tree: GroupTree, id: string, places: Record<string, Point>): Point {
  const at = tree.groups.get(id)?.at
  return at ? { x: at[0], y: at[1] } : frameCorner(tree, id, places)
}

function frameCorner(tree: GroupTree, id: string, places: Record<string, Point>): Point {
  const { nodes, boxes } = contentsOf(tree, id)
  const points = [...nodes.flatMap((node) => places[node] ?? []), ...boxes.map((box) => boxPlace(tree, box, places))]
  if (points.length === 0) return { x: 0, y: 0 }
  return {
    x: Math.min(...points.map(({ x }) => x)) - FRAME_EDGE.side,
    y: Math.min(...points.map(({ y }) => y)) - FRAME_EDGE.top,
  }
}

/** Moves what is in a box to where the box stands now, so that opening it in place does not send its members away. */
function unfold(draft: Draft<Workflow>, tree: GroupTree, id: string, places: Record<string, Point>): void {
  const group = draft.layout.groups.find((candidate) => candidate.id === id)
  if (!group?.at) return
  const corner = frameCorner(tree, id, places)
  const by = { x: group.at[0] - corner.x, y: group.at[1] - corner.y }
  delete group.at
  if (by.x === 0 && by.y === 0) return
  const { nodes, boxes } = contentsOf(tree, id)
  for (const node of nodes) {
    const place = places[node]
    if (!place || !(node in draft.nodes)) continue
    const [, , ...size] = draft.layout.nodes[node] ?? [0, 0]
    draft.layout.nodes[node] = [Math.round(place.x + by.x), Math.round(place.y + by.y), ...size]
  }
  for (const inner of draft.layout.groups) {
    if (!boxes.includes(inner.id)) continue
    const place = boxPlace(tree, inner.id, places)
    inner.at = [Math.round(place.x + by.x), Math.round(place.y + by.y)]
  }
}

/** Collapses frames into boxes, or opens them again; asking again for what they all are reverses it. */
export function toggleCollapsed(ids: readonly string[], places: Record<string, Point>): Recipe {
  return (draft) => {
    const frames = draft.layout.groups.filter((group) => ids.includes(group.id) && group.kind === 'frame')
    const open = frames.every((group) => group.collapsed)
    const tree = readTree(draft.layout.groups)
    for (const group of frames) {
      if (open) {
        unfold(draft, tree, group.id, places)
        delete group.collapsed
      } else if (!group.collapsed) {
        const { x, y } = frameCorner(tree, group.id, places)
        group.at = [Math.round(x), Math.round(y)]
        group.collapsed = true
      }
    }
  }
}

/** Turns a frame into a sub-graph that stands where the frame stood. */
export function frameToSubgraph(id: string, places: Record<string, Point>): Recipe {
  return (draft) => {
    const group = draft.layout.groups.find((candidate) => candidate.id === id)
    if (group?.kind !== 'frame') return
    const { x, y } = boxPlace(readTree(draft.layout.groups), id, places)
    group.at = [Math.round(x), Math.round(y)]
    group.kind = 'subgraph'
    delete group.collapsed
  }
}

/** An empty title brings the default back. */
export const renameGroup = (id: string, title: string): Recipe => changeGroup(id, { title: title.trim() })
export const colourGroup = (id: string, colour: GroupColour): Recipe => changeGroup(id, { colour })

function changeGroup(id: string, change: Partial<Group>): Recipe {
  return (draft) => {
    const group = draft.layout.groups.find((candidate) => candidate.id === id)
    if (group) Object.assign(group, change)
  }
}

export function moveBoxes(positions: Record<string, Point>): Recipe {
  return (draft) => {
    for (const group of draft.layout.groups) {
      const place = positions[group.id]
      if (place) group.at = [Math.round(place.x), Math.round(place.y)]
    }
  }
}

/** Groups whose every node is named, seen from inside `here`: what a copy of those nodes takes along. */
export function wholeGroups(workflow: Workflow, nodes: readonly string[], here: string | null): string[] {
  const tree = groupTree(workflow)
  const named = new Set(nodes)
  const beyond = new Set(here === null ? [] : [here, ...ancestorsOf(tree, here)])
  const whole = new Map<string, boolean>()
  const count = (id: string): number =>
    (tree.groups.get(id)?.nodes ?? []).filter((node) => node in workflow.nodes && tree.groupOf.get(node) === id).length
  // Inner groups come after outer ones, so going backwards every child is known before its parent.
  for (const id of [...tree.groups.keys()].reverse()) {
    const own = (tree.groups.get(id)?.nodes ?? []).filter((node) => tree.groupOf.get(node) === id)
    const inner = tree.children.get(id) ?? []
    const filled = count(id) > 0 || inner.some((child) => whole.get(child))
    const all =
      own.every((node) => named.has(node) || !(node in workflow.nodes)) && inner.every((child) => whole.get(child))
    whole.set(id, filled && all && !beyond.has(id))
  }
  return [...tree.groups.keys()].filter((id) => whole.get(id))
}
