import type { Group, Workflow } from '@beatloom/core'
import type { Draft } from 'immer'

/** Takes nodes out of their groups. Groups left without anything vanish, and those around them if that empties them. */
export function dropMembers(draft: Draft<Workflow>, gone: ReadonlySet<string>): void {
  const emptied = new Set<string>()
  for (const group of draft.layout.groups) {
    if (!group.nodes.some((node) => gone.has(node))) continue
    group.nodes = group.nodes.filter((node) => !gone.has(node))
    emptied.add(group.id)
  }
  dropEmptyGroups(draft, emptied)
}

/** Removes those of the groups that hold nothing any more. Groups that were empty in the file stay as they are. */
export function dropEmptyGroups(draft: Draft<Workflow>, candidates: Iterable<string>): void {
  const queue = [...candidates]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const { groups } = draft.layout
    const index = groups.findIndex((group) => group.id === id)
    const group = groups[index]
    if (!group || group.nodes.length > 0 || groups.some((other) => other.parent === id)) continue
    groups.splice(index, 1)
    if (group.parent !== undefined) queue.push(group.parent)
  }
}

/** Forgets the marks of nodes and the tags of links that are gone. */
export function dropMarks(draft: Draft<Workflow>, gone: ReadonlySet<string>): void {
  const { marks, links } = draft.layout
  if (marks) {
    for (const id of gone) delete marks[id]
    if (Object.keys(marks).length === 0) delete draft.layout.marks
  }
  if (!links) return
  for (const key of Object.keys(links)) {
    const touches = key.split('>').some((end) => gone.has(end.slice(0, end.lastIndexOf('.'))))
    if (touches) delete links[key]
  }
  if (Object.keys(links).length === 0) delete draft.layout.links
}

/** What an edit added without a group of its own joins the group whose inside is on screen. */
export function settleNew(draft: Draft<Workflow>, before: Workflow, home: string): void {
  const target = draft.layout.groups.find((group) => group.id === home)
  if (!target) return
  const knownGroups = new Set(before.layout.groups.map((group) => group.id))
  for (const group of draft.layout.groups) {
    if (group.parent === undefined && group.id !== home && !knownGroups.has(group.id)) group.parent = home
  }
  const fresh = Object.keys(draft.nodes).filter((id) => !(id in before.nodes))
  if (fresh.length === 0) return
  const grouped = new Set(draft.layout.groups.flatMap((group: Group) => group.nodes))
  target.nodes.push(...fresh.filter((id) => !grouped.has(id)))
}
