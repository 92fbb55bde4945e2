import type { Workflow } from '@beatloom/core'
import { allLinks } from '../../document/edits.ts'

const COUNTS = new WeakMap<Workflow, ReadonlyMap<string, number>>()

/** How many links each node has, counted once for as long as the document stays the same. */
export function linkCounts(workflow: Workflow): ReadonlyMap<string, number> {
  const known = COUNTS.get(workflow)
  if (known) return known
  const counts = new Map<string, number>()
  for (const { from, to } of allLinks(workflow))
    for (const node of [from.node, to.node]) counts.set(node, (counts.get(node) ?? 0) + 1)
  COUNTS.set(workflow, counts)
  return counts
}

/** The element that holds a node's summary. */
export const summaryId = (id: string): string => `summary-${id.replaceAll(/[^\w-]/g, '_')}`
