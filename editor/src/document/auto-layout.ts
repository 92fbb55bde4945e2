import type { Workflow } from '@beatloom/core'
import { allLinks, type Point } from './edits.ts'

const COLUMN_PX = 340
const ROW_PX = 300

/**
 * Places for all nodes: the saved ones where they were, the others in columns by their distance from a source.
 * Used for files that were written by hand; nothing is stored until a node is moved.
 */
export function placesOf(workflow: Workflow): Record<string, Point> {
  const places: Record<string, Point> = {}
  const depths = depthsOf(workflow)
  const used = new Map<number, number>()
  for (const id of Object.keys(workflow.nodes)) {
    const saved = workflow.layout.nodes[id]
    if (saved) {
      places[id] = { x: saved[0], y: saved[1] }
      continue
    }
    const column = depths.get(id) ?? 0
    const row = used.get(column) ?? 0
    used.set(column, row + 1)
    places[id] = { x: column * COLUMN_PX, y: row * ROW_PX }
  }
  return places
}

/** Longest way from a node without inputs, by relaxing in topological order; nodes on a loop get 0. */
function depthsOf(workflow: Workflow): Map<string, number> {
  const links = allLinks(workflow)
  const waiting = new Map<string, number>(Object.keys(workflow.nodes).map((id) => [id, 0]))
  const next = new Map<string, string[]>()
  for (const { from, to } of links) {
    waiting.set(to.node, (waiting.get(to.node) ?? 0) + 1)
    next.set(from.node, [...(next.get(from.node) ?? []), to.node])
  }
  const depths = new Map<string, number>()
  const ready = [...waiting].filter(([, count]) => count === 0).map(([id]) => id)
  for (const id of ready) depths.set(id, 0)
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    for (const to of next.get(id) ?? []) {
      depths.set(to, Math.max(depths.get(to) ?? 0, (depths.get(id) ?? 0) + 1))
      const left = (waiting.get(to) ?? 1) - 1
      waiting.set(to, left)
      if (left === 0) ready.push(to)
    }
  }
  return depths
}
