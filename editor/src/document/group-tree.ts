import type { Group, Workflow } from '@beatloom/core'

/** The groups of a workflow as a tree. Files may hold loops, doubles and gaps: what is read here never does. */
export interface GroupTree {
  /** By id, parents before children. Of groups that share an id the first counts. */
  groups: ReadonlyMap<string, Group>
  /** The group a group lies in; null at the top. */
  parents: ReadonlyMap<string, string | null>
  /** The group a node is a member of; nodes outside all groups are missing. */
  groupOf: ReadonlyMap<string, string>
  children: ReadonlyMap<string, readonly string[]>
}

const TREES = new WeakMap<readonly Group[], GroupTree>()

/** Read once for as long as the groups do not change; not for drafts, which change in place. */
export function groupTree(workflow: Workflow): GroupTree {
  const { groups } = workflow.layout
  const known = TREES.get(groups)
  if (known) return known
  const tree = readTree(groups)
  TREES.set(groups, tree)
  return tree
}

export function readTree(list: readonly Group[]): GroupTree {
  const byId = new Map<string, Group>()
  for (const group of list) if (!byId.has(group.id)) byId.set(group.id, group)
  const parents = new Map<string, string | null>()
  for (const group of byId.values()) parents.set(group.id, soundParent(byId, group))
  const depth = (id: string): number => ancestorsOf({ parents }, id).length
  const groups = new Map([...byId].sort(([a], [b]) => depth(a) - depth(b)))
  const groupOf = new Map<string, string>()
  const children = new Map<string, string[]>()
  for (const group of byId.values()) for (const node of group.nodes) if (!groupOf.has(node)) groupOf.set(node, group.id)
  for (const [id, parent] of parents) if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), id])
  return { groups, parents, groupOf, children }
}

/** The named parent, unless it does not exist or leads back to the group itself. */
function soundParent(groups: ReadonlyMap<string, Group>, group: Group): string | null {
  const parent = group.parent
  if (parent === undefined || !groups.has(parent)) return null
  const seen = new Set<string>()
  for (let at: string | undefined = parent; at !== undefined && !seen.has(at); at = groups.get(at)?.parent) {
    if (at === group.id) return null
    seen.add(at)
  }
  return parent
}

/** The groups around a group, innermost first. */
export function ancestorsOf(tree: Pick<GroupTree, 'parents'>, group: string): string[] {
  const around: string[] = []
  for (let at = tree.parents.get(group); at; at = tree.parents.get(at)) around.push(at)
  return around
}

/** The groups around a node, innermost first. */
export function groupsAround(tree: GroupTree, node: string): string[] {
  const own = tree.groupOf.get(node)
  return own === undefined ? [] : [own, ...ancestorsOf(tree, own)]
}

/** The groups inside a group, at any depth, itself first. */
export function withInner(tree: GroupTree, group: string): string[] {
  if (!tree.groups.has(group)) return []
  const found = [group]
  for (const id of found) found.push(...(tree.children.get(id) ?? []))
  return found
}

/** Every node inside a group, at any depth, that the workflow has. */
export function membersOf(workflow: Workflow, group: string, tree = groupTree(workflow)): string[] {
  return withInner(tree, group).flatMap((id) =>
    (tree.groups.get(id)?.nodes ?? []).filter((node) => node in workflow.nodes && tree.groupOf.get(node) === id),
  )
}

/** Drawn as one box that hides its members: a sub-graph, or a frame while it is collapsed. */
export const isBox = (group: Group): boolean => group.kind === 'subgraph' || group.collapsed === true

/** The boxes to enter, outermost first, until the inside of a group is on screen. */
export function pathTo(tree: GroupTree, group: string | null | undefined): string[] {
  if (group == null) return []
  const way = [group, ...ancestorsOf(tree, group)].filter((id) => {
    const found = tree.groups.get(id)
    return found !== undefined && isBox(found)
  })
  return way.reverse()
}

/** Where members of a group are seen from one level: there, inside a box that is drawn there, or not at all. */
export type Standing = { at: 'here' } | { at: 'box'; box: string } | { at: 'outside' }

const HERE: Standing = { at: 'here' }
const OUTSIDE: Standing = { at: 'outside' }

/** One level of the graph: the inside of a box, or the top. */
export interface Level {
  here: string | null
  /** Open frames that are drawn, outer ones first. */
  frames: readonly string[]
  /** Boxes that are drawn. */
  boxes: readonly string[]
  standing(node: string): Standing
}

const LEVELS = new WeakMap<GroupTree, Map<string | null, Level>>()

export function levelOf(tree: GroupTree, here: string | null): Level {
  const known = LEVELS.get(tree) ?? new Map<string | null, Level>()
  LEVELS.set(tree, known)
  const found = known.get(here)
  if (found) return found
  const standings = new Map<string, Standing>()
  const frames: string[] = []
  const boxes: string[] = []
  for (const [id, group] of tree.groups) {
    const parent = tree.parents.get(id) ?? null
    const around = parent === null ? (here === null ? HERE : OUTSIDE) : standings.get(parent)!
    if (id === here) standings.set(id, HERE)
    else if (around.at !== 'here') standings.set(id, around)
    else if (isBox(group)) {
      boxes.push(id)
      standings.set(id, { at: 'box', box: id })
    } else {
      frames.push(id)
      standings.set(id, HERE)
    }
  }
  const loose = here === null ? HERE : OUTSIDE
  const standing = (node: string): Standing => {
    const group = tree.groupOf.get(node)
    return group === undefined ? loose : standings.get(group)!
  }
  const level: Level = { here, frames, boxes, standing }
  known.set(here, level)
  return level
}
