import type { Group, NodeMark, Workflow } from '@beatloom/core'
import type { Draft } from 'immer'
import type { Point } from './edits.ts'
import { boxPlace, freshGroupId, wholeGroups } from './group-edits.ts'
import { groupsAround, groupTree, isBox } from './group-tree.ts'

/** The groups that a copy of these nodes takes along, and the upper left corner of what is seen of them. */
export function copyGroups(
  workflow: Workflow,
  ids: readonly string[],
  places: Record<string, Point>,
  here: string | null,
): { groups: Group[]; corner: Point } {
  const tree = groupTree(workflow)
  const whole = new Set(wholeGroups(workflow, ids, here))
  const boxes = [...whole].filter((id) => isBox(tree.groups.get(id)!))
  const hidden = (group: string | null | undefined): boolean =>
    group != null && (boxes.includes(group) || hidden(tree.parents.get(group)))
  const seen = [
    ...ids.filter((id) => !groupsAround(tree, id).some((group) => boxes.includes(group))).map((id) => places[id]),
    ...boxes.filter((id) => !hidden(tree.parents.get(id))).map((id) => boxPlace(tree, id, places)),
  ].map((place) => place ?? { x: 0, y: 0 })
  const corner = { x: Math.min(...seen.map(({ x }) => x)), y: Math.min(...seen.map(({ y }) => y)) }
  const groups = [...whole].map((id): Group => {
    const { parent, at: _, ...rest } = structuredClone(tree.groups.get(id)!)
    const group: Group = {
      ...rest,
      nodes: rest.nodes.filter((node) => tree.groupOf.get(node) === id && ids.includes(node)),
    }
    if (parent !== undefined && whole.has(parent)) group.parent = parent
    if (isBox(group)) {
      const { x, y } = boxPlace(tree, id, places)
      group.at = [Math.round(x - corner.x), Math.round(y - corner.y)]
    }
    return group
  })
  return { groups, corner }
}

/** Marks worth copying. A pinned copy could not be moved to where it is wanted, so pins stay behind. */
export function copyMarks(workflow: Workflow, ids: readonly string[]): Record<string, NodeMark> {
  return Object.fromEntries(
    ids.flatMap((id) => {
      const { pinned: _, ...mark } = workflow.layout.marks?.[id] ?? {}
      return Object.keys(mark).length > 0 ? [[id, structuredClone(mark)]] : []
    }),
  )
}

/** Names for copied groups that no group of the workflow has. */
export function freshGroupNames(workflow: Workflow, groups: readonly Group[]): Map<string, string> {
  const names = new Map<string, string>()
  const taken = workflow.layout.groups.map(({ id }) => ({ id }))
  for (const { id } of groups) {
    const layout = { groups: taken }
    const fresh = freshGroupId({ layout }, taken.some((other) => other.id === id) ? 'group' : id)
    names.set(id, fresh)
    taken.push({ id: fresh })
  }
  return names
}

/** Adds copied groups and marks; `names` and `fresh` say what the copied nodes and groups are called now. */
export function pasteGroups(
  draft: Draft<Workflow>,
  clip: { groups: readonly Group[]; marks: Record<string, NodeMark> },
  names: ReadonlyMap<string, string>,
  fresh: ReadonlyMap<string, string>,
  at: Point,
): void {
  for (const group of clip.groups) {
    const id = fresh.get(group.id)!
    const { parent: _, ...rest } = structuredClone(group)
    draft.layout.groups.push({ ...rest, id, nodes: group.nodes.flatMap((node) => names.get(node) ?? []) })
  }
  for (const { id, parent, at: offset } of clip.groups) {
    const added = draft.layout.groups.find((group) => group.id === fresh.get(id))
    const around = parent === undefined ? undefined : fresh.get(parent)
    if (added && around !== undefined) added.parent = around
    if (added && offset) added.at = [Math.round(at.x + offset[0]), Math.round(at.y + offset[1])]
  }
  for (const [id, mark] of Object.entries(clip.marks)) {
    const name = names.get(id)
    if (name === undefined) continue
    draft.layout.marks ??= {}
    draft.layout.marks[name] = structuredClone(mark)
  }
}
