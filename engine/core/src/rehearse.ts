import { costOf } from './cost.ts'
import { executeRun } from './execute.ts'
import type { FactsByNode } from './facts.ts'
import { eachLink, type Links } from './graph.ts'
import type { RunHost } from './host.ts'
import { Blocked, type Rehearsal } from './node-definition.ts'
import { isCacheable } from './plan.ts'
import type { PreparedNode, PreparedRun } from './prepared-run.ts'
import { allBlocked } from './wire.ts'

/** What takes longer is no part of a plan, seconds of work. */
const MOST_WORK = 1

/**
 * Asks the nodes that repeat a loop which of its rounds a run would make: they look at what is cached and make nothing.
 * What they need to know for that is worked out where it takes no time to speak of; otherwise nothing is said of them.
 */
export async function rehearseRun(
  prepared: PreparedRun,
  host: RunHost,
  facts: FactsByNode,
  signal: AbortSignal,
): Promise<Record<string, Rehearsal>> {
  const found: Record<string, Rehearsal> = {}
  const isCached = (node: PreparedNode): boolean => isCacheable(node) && host.cache.has(node.key)
  for (const node of prepared.nodes.values()) {
    const { rehearsal, inputs } = node.definition
    if (!rehearsal || isCached(node)) continue
    const asked = Object.fromEntries(
      Object.entries(node.links).filter(([input]) => rehearsal.inputs.includes(input) || inputs[input]?.lazy),
    )
    if (!isQuick(asked, prepared, facts, isCached)) continue
    const run = async (values: never, params: never, context: never): Promise<Record<string, unknown>> => {
      found[node.id] = await rehearsal.run(values, params, context)
      return allBlocked(node.definition, new Blocked())
    }
    const definition = { ...node.definition, cache: 'never' as const, run }
    const nodes = new Map(prepared.nodes).set(node.id, { ...node, definition, links: asked })
    const quiet = { ...host, previews: false }
    for await (const _ of executeRun(
      { ...prepared, nodes, outputs: [], wanted: [node.id], warnings: [] },
      quiet,
      signal,
    )) {
      // Only what the node finds counts.
    }
  }
  return found
}

/** Whether everything above that is not cached can be had at once. Nodes inside the loop do not run. */
function isQuick(
  links: Links,
  prepared: PreparedRun,
  facts: FactsByNode,
  isCached: (node: PreparedNode) => boolean,
): boolean {
  const seen = new Set<string>()
  const stack = eachLink(links).map(([, link]) => link.node)
  const inLoop = loopNodes(prepared)
  while (stack.length > 0) {
    const id = stack.pop() as string
    const node = prepared.nodes.get(id)
    if (!node || seen.has(id)) continue
    seen.add(id)
    if (!inLoop.has(id)) {
      if (isCached(node)) continue
      // A node that says what it costs, but not without facts, may take any time.
      const untold = node.definition.cost ? Number.POSITIVE_INFINITY : 0
      if (node.definition.usesDevice || (costOf(node, facts)?.work ?? untold) > MOST_WORK) return false
    }
    for (const [, link] of eachLink(node.links)) stack.push(link.node)
  }
  return true
}

/** Nodes that begin a loop or lie in one. */
function loopNodes({ nodes }: PreparedRun): Set<string> {
  const inLoop = new Set<string>()
  for (const { id, definition, links } of nodes.values()) {
    const reads = eachLink(links).some(([input, link]) => inLoop.has(link.node) && !definition.inputs[input]?.lazy)
    if (definition.loop === 'start' || reads) inLoop.add(id)
  }
  return inLoop
}
