import { callFactsOf, type FactsByNode, inputFactsOf, knownParams, roundsOf } from './facts.ts'
import type { Rehearsal } from './node-definition.ts'
import type { PlannedNode } from './plan.ts'
import type { PreparedNode, PreparedRun } from './prepared-run.ts'
import type { FactsByPort, NodeCost } from './value-facts.ts'

/** How long a unit of work takes on this machine, seconds: as a rule, and at the ends of what was seen. */
export interface Speed {
  low: number
  middle: number
  high: number
}

/** What a run would take. */
export interface Estimate {
  /** Shortest and longest, seconds. */
  seconds: [low: number, high: number]
  /** The likeliest, seconds. */
  middleSeconds: number
  memoryBytes: number
  diskBytes: number
  /** Nodes that would run, and nodes whose results are taken from the cache. */
  run: number
  cached: number
  /** What each node would take if it ran, cached or not: the likeliest, seconds. */
  nodeSeconds: ReadonlyMap<string, number>
  /** The first node that cannot run at all, and why. */
  refusal: { node: string; message: string } | null
}

/** The work of a node that says nothing about its cost: next to none, until this machine has seen it run. */
export const UNKNOWN_WORK = 0.002

/**
 * What a node would take, all its calls together where it runs once for each value of a list; null where it does not
 * say, or where the facts it goes by are not known.
 */
export function costOf(node: PreparedNode, facts: FactsByNode): NodeCost | null {
  const { definition, links } = node
  if (!definition.cost) return null
  const inputs = inputFactsOf(definition, links, facts)
  const params = knownParams(definition, node.params, inputs)
  if (!params) return null
  const outputs = facts.get(node.id) ?? {}
  const calls = callFactsOf(inputs)
  if (!calls) return definition.cost(params, inputs, outputs)
  const costs = calls.map((call, index) => definition.cost?.(params, call, itemsAt(outputs, index)) ?? null)
  return costs.reduce(bothCosts, { work: 0 })
}

const itemsAt = (outputs: FactsByPort, index: number): FactsByPort =>
  Object.fromEntries(Object.entries(outputs).map(([name, known]) => [name, known.items?.[index] ?? known]))

/** Of two calls, one after the other. */
function bothCosts(one: NodeCost | null, two: NodeCost | null): NodeCost | null {
  if (!one || !two) return null
  const refusal = one.refusal ?? two.refusal
  return {
    work: one.work + two.work,
    memoryBytes: Math.max(one.memoryBytes ?? 0, two.memoryBytes ?? 0),
    diskBytes: (one.diskBytes ?? 0) + (two.diskBytes ?? 0),
    ...(refusal === undefined ? {} : { refusal }),
  }
}

/**
 * Adds up what the nodes to run take. Time: one after another, since one device and one processor do the work.
 * Memory: all at once, since a stream's maker and its reader work hand in hand.
 */
export function estimateRun(
  prepared: PreparedRun,
  plan: readonly PlannedNode[],
  facts: FactsByNode,
  speedOf: (node: PreparedNode) => Speed,
  rehearsals: Readonly<Record<string, Rehearsal>> = {},
): Estimate {
  const nodeSeconds = new Map<string, number>()
  const estimate: Estimate = {
    nodeSeconds,
    seconds: [0, 0],
    middleSeconds: 0,
    memoryBytes: 0,
    diskBytes: 0,
    run: 0,
    cached: 0,
    refusal: null,
  }
  const missing = new Map<string, number>()
  for (const { start, missing: shots } of Object.values(rehearsals))
    missing.set(start, Math.max(missing.get(start) ?? 0, shots.length))
  const rounds = roundsOf(prepared.nodes.values(), facts, missing)
  for (const [id, found] of Object.entries(rehearsals)) rounds.set(id, found.missing.length / Math.max(1, found.rounds))
  for (const { node: id, action } of plan) {
    const node = prepared.nodes.get(id)
    if (!node) continue
    const cost = costOf(node, facts)
    const times = rounds.get(id) ?? 1
    const work = (cost?.work ?? UNKNOWN_WORK) * times
    const { low, middle, high } = speedOf(node)
    nodeSeconds.set(id, middle * work)
    if (action === 'cached') estimate.cached++
    if (action !== 'run') continue
    estimate.run++
    estimate.seconds[0] += low * work
    estimate.middleSeconds += middle * work
    estimate.seconds[1] += high * work
    if (times > 0) estimate.memoryBytes += cost?.memoryBytes ?? 0
    estimate.diskBytes += (cost?.diskBytes ?? 0) * times
    if (cost?.refusal !== undefined) estimate.refusal ??= { node: id, message: cost.refusal }
  }
  return estimate
}
