import type { Link, Workflow } from '@beatloom/core'
import { allLinks } from './edits.ts'
import type { Descriptors } from './link-rules.ts'

const KNOWN = new WeakMap<Workflow['nodes'], ReadonlyMap<string, string>>()

/** Nodes that a run skips because they need a muted one, each with that muted node. */
export function skippedByMute(workflow: Workflow, descriptors: Descriptors): ReadonlyMap<string, string> {
  const known = KNOWN.get(workflow.nodes)
  if (known) return known
  const skipped = new Map<string, string>()
  KNOWN.set(workflow.nodes, skipped)
  const muted = Object.keys(workflow.nodes).filter((id) => workflow.nodes[id]?.mode === 'mute')
  if (muted.length === 0) return skipped
  const readers = new Map<string, { port: string; to: Link }[]>()
  for (const { from, to } of allLinks(workflow)) {
    const list = readers.get(from.node)
    if (list) list.push({ port: from.port, to })
    else readers.set(from.node, [{ port: from.port, to }])
  }
  for (const start of muted) {
    /** Outputs that give nothing; `null` stands for all of a node's. */
    const queue: { node: string; ports: ReadonlySet<string> | null }[] = [{ node: start, ports: null }]
    for (const { node, ports } of queue) {
      for (const { port, to } of readers.get(node) ?? []) {
        const reader = workflow.nodes[to.node]
        if (!reader || reader.mode === 'mute' || (ports && !ports.has(port))) continue
        if (reader.mode === 'bypass') {
          const routes = Object.entries(descriptors.get(reader.type)?.passThrough ?? {})
          const fed = new Set(routes.flatMap(([output, input]) => (input === to.port ? [output] : [])))
          const again = queue.some((step) => step.node === to.node && [...fed].every((name) => step.ports?.has(name)))
          if (!again) queue.push({ node: to.node, ports: fed })
        } else if (!skipped.has(to.node)) {
          skipped.set(to.node, start)
          queue.push({ node: to.node, ports: null })
        }
      }
    }
  }
  return skipped
}
