import { AppError, CancelledError } from './errors.ts'
import { prepareExpansion } from './expand.ts'
import type { RunHost } from './host.ts'
import { loopBody } from './loop-body.ts'
import { Blocked, type SubGraph, type SubGraphs } from './node-definition.ts'
import { isSettled, type NodeState } from './node-state.ts'
import type { OriginEvents } from './origin-events.ts'
import { isCacheable } from './plan.ts'
import type { PreparedNode, PreparedRun } from './prepared-run.ts'
import { outputsOf, single } from './wire.ts'

/** The run that sub-graphs are a part of. */
interface OuterRun {
  prepared: PreparedRun
  host: RunHost
  /** Aborts when the run ends. */
  signal: AbortSignal
  nodes: Map<string, PreparedNode>
  states: Map<string, NodeState>
  origins: OriginEvents
  demand(id: string): NodeState
  /** A node at work waits for others, and leaves its place to them; or goes on. */
  waits(isWaiting: boolean): void
  /** A stream was left before its end: what its maker did is over. */
  ended(state: NodeState): void
  /** A node was added: what it reads has one reader more. */
  counted(node: PreparedNode): void
  schedule(): void
  sourcesOf(state: NodeState): NodeState[]
}

/** Runs sub-graphs that running nodes ask for, among the nodes of their run. */
export class SubGraphRuns {
  readonly #run: OuterRun

  constructor(run: OuterRun) {
    this.#run = run
  }

  /** What a node is handed. */
  of(parent: NodeState): SubGraphs {
    return {
      bodyOf: (inputs) => {
        const body = loopBody(parent.node, inputs, this.#run.nodes)
        parent.repeats = Object.keys(body.nodes)
        return body
      },
      run: (graph, name) => this.#runGraph(parent, graph, name),
      isCached: (graph, name) => this.#isCached(parent, graph, name),
    }
  }

  /** Runs a sub-graph, and forgets its nodes once their outputs are there. */
  async #runGraph(parent: NodeState, graph: SubGraph, name: string): Promise<Record<string, unknown>> {
    const { nodes: known, states, origins, signal, demand, counted, schedule, waits, ended } = this.#run
    const { nodes, outputs } = await this.#prepare(parent, graph, name)
    signal.throwIfAborted()
    for (const made of nodes) {
      const node = { ...made, origin: made.origin ?? parent.node.id }
      known.set(node.id, node)
      origins.add(node.id, node.origin, made.origin === undefined)
      counted(node)
    }
    const ends = Object.entries(outputs).map(([output, link]) => ({ output, link, state: demand(link.node) }))
    schedule()
    waits(true)
    try {
      await this.#settled(ends.map((end) => end.state))
    } finally {
      waits(false)
    }
    const broken = ends.find(({ state }) => state.status !== 'done')
    if (broken) throw this.#failureBehind(broken.state)
    const values = ends.map(({ output, link, state }) => {
      parent.makeshift ||= state.makeshift
      const blocked = state.wires[link.port]?.items.find((item) => item instanceof Blocked)
      if (blocked instanceof Blocked) throw blockedOutput(state, blocked)
      return [output, outputsOf({ value: state.wires[link.port] ?? single(undefined) })['value']]
    })
    for (const { id } of nodes) {
      const state = states.get(id)
      if (state?.streaming && state.status === 'done') ended(state)
      known.delete(id)
      states.delete(id)
      origins.remove(id)
    }
    return Object.fromEntries(values)
  }

  #prepare(parent: NodeState, graph: SubGraph, name: string) {
    const { prepared, host, nodes } = this.#run
    const under = `${parent.node.id}/${name}`
    return prepareExpansion(parent.node, graph, { registry: prepared.registry, host, nodes, under })
  }

  async #isCached(parent: NodeState, graph: SubGraph, name: string): Promise<boolean> {
    const { nodes, outputs } = await this.#prepare(parent, graph, name)
    const made = new Map(nodes.map((node) => [node.id, node]))
    return Object.values(outputs).every((link) => {
      const node = made.get(link.node) ?? this.#run.nodes.get(link.node)
      return node !== undefined && isCacheable(node) && this.#run.host.cache.has(node.key)
    })
  }

  /** @throws {CancelledError} when the run is cancelled meanwhile. */
  #settled(states: readonly NodeState[]): Promise<void> {
    const { signal } = this.#run
    const waiting = new Set(states.filter((state) => !isSettled(state)))
    if (waiting.size === 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const onAbort = (): void => reject(new CancelledError())
      signal.addEventListener('abort', onAbort, { once: true })
      for (const state of waiting) {
        state.whenSettled.push(() => {
          waiting.delete(state)
          if (waiting.size > 0) return
          signal.removeEventListener('abort', onAbort)
          resolve()
        })
      }
    })
  }

  /** Why a node of a sub-graph is not done: the failure of the nearest node behind it that failed. */
  #failureBehind(state: NodeState): Error {
    const seen = new Set<NodeState>()
    const stack = [state]
    while (stack.length > 0) {
      const next = stack.pop() as NodeState
      if (seen.has(next)) continue
      seen.add(next)
      if (next.failure) return next.failure
      stack.push(...this.#run.sourcesOf(next))
    }
    return new CancelledError()
  }
}

function blockedOutput({ node }: NodeState, { message }: Blocked): AppError {
  if (message !== null) return new AppError('node_failed', message)
  return new AppError(
    'input_invalid',
    `"${node.origin ?? node.id}" (${node.definition.title}) gives nothing here: one of its inputs is blocked.`,
  )
}
