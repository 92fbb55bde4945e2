import type { Workflow } from '@beatloom/core'
import { allLinks, type Point } from './edits.ts'
import { groupTree, isBox } from './group-tree.ts'
import { layered, type Size } from './layered-layout.ts'

const GUESS: Size = { width: 280, height: 260 }
const BELOW_PX = 120

/** Places found for nodes without a saved one. They stay while the document is open, whatever is edited. */
let found = new Map<string, Point>()

/** To be called when another document opens. */
export function forgetPlaces(): void {
  found = new Map()
}

/**
 * Places for all nodes: the saved ones where they were, the others laid out along their links, below what is placed.
 * Used for files that were written by hand; nothing is stored until a node is moved.
 */
export function placesOf(workflow: Workflow, sizeOf: (node: string) => Size = () => GUESS): Record<string, Point> {
  const ids = Object.keys(workflow.nodes)
  const saved = workflow.layout.nodes
  const open = ids.filter((id) => saved[id] === undefined)
  if (open.some((id) => !found.has(id))) {
    for (const [id, place] of layOutOpen(workflow, open, sizeOf)) if (!found.has(id)) found.set(id, place)
  }
  return Object.fromEntries(
    ids.map((id) => {
      const place = saved[id]
      return [id, place ? { x: place[0], y: place[1] } : found.get(id)!]
    }),
  )
}

/** Members of one box are laid out by themselves: they are seen by themselves. */
function layOutOpen(workflow: Workflow, open: readonly string[], sizeOf: (node: string) => Size): [string, Point][] {
  const tree = groupTree(workflow)
  const levels = new Map<string | null, string[]>()
  for (const id of open) {
    let group = tree.groupOf.get(id) ?? null
    while (group !== null && !isBox(tree.groups.get(group)!)) group = tree.parents.get(group) ?? null
    levels.set(group, [...(levels.get(group) ?? []), id])
  }
  const links = allLinks(workflow).map(({ from, to }) => ({ from: from.node, to: to.node }))
  const placed = Object.entries(workflow.layout.nodes).filter(([id]) => id in workflow.nodes)
  const lowest = placed.length > 0 ? Math.max(...placed.map(([id, [, y]]) => y + sizeOf(id).height)) + BELOW_PX : 0
  const left = placed.length > 0 ? Math.min(...placed.map(([, [x]]) => x)) : 0
  return [...levels.values()].flatMap((ids) => {
    const places = layered(
      ids.map((id) => ({ id, ...sizeOf(id) })),
      links,
    )
    return ids.map((id): [string, Point] => {
      const { x, y } = places[id]!
      return [id, { x: Math.round(x + left), y: Math.round(y + lowest) }]
    })
  })
}
