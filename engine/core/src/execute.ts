import { AppError, type ErrorReport, isCancellation, NodeFailedError, reportOf } from './errors.ts'
import type { RunEventBody } from './events.ts'
import { prepareExpansion } from './expand.ts'
import { callParams } from './fed-params.ts'
import { shareFrames } from './frame-share.ts'
import { eachLink } from './graph.ts'
import type { CachedResult, RunHost } from './host.ts'
import { meteredFrames } from './metered-frames.ts'
import { createNodeContext } from './node-context.ts'
import { Blocked, Expansion } from './node-definition.ts'
import { isSettled, type NodeState, newState, sumStreamMs } from './node-state.ts'
import { OriginEvents } from './origin-events.ts'
import { isCacheable, type PlannedNode, planOf } from './plan.ts'
import type { Link } from './ports.ts'
import { STREAMED_TYPES } from './ports.ts'
import type { KeyParts, PreparedNode, PreparedRun } from './prepared-run.ts'
import { runOutputs } from './run-outputs.ts'
import type { Display } from './services.ts'
import { SubGraphRuns } from './sub-graph-runs.ts'
import type { Frames } from './values.ts'
import {
  allBlocked,
  blockerIn,
  cachedResult,
  callsFor,
  emptyInput,
  joinCalls,
  single,
  type Wire,
  wantedInputs,
  wiresOf,
} from './wire.ts'

/** Work done in one go before the event loop gets a turn, so that cancelling and other runs stay responsive. */
const SLICE_MS = 12

export interface ExecuteOptions {
  /** Key parts of this workflow's last run, to say in `run.started` what changed. */
  previous?: Record<string, KeyParts>
}

/**
 * Runs a prepared workflow and yields what happens. Ends with exactly one of `run.finished`, `run.failed`,
 * `run.cancelled`; never throws for a failing node. Branches that do not depend on each other run side by side; a
 * failure stops only what needs it.
 */
export async function* executeRun(
  prepared: PreparedRun,
  host: RunHost,
  signal: AbortSignal,
  options: ExecuteOptions = {},
): AsyncGenerator<RunEventBody, void, undefined> {
  const execution = new Execution(prepared, host, signal)
  try {
    execution.announce(options.previous)
    // Whoever listens hears the plan before the first node takes the thread.
    yield* execution.takeEvents()
    execution.begin()
    while (!execution.ended) {
      await execution.changed()
      yield* execution.takeEvents()
    }
    yield* execution.takeEvents()
  } finally {
    execution.dispose()
  }
}

class Execution {
  ended = false
  readonly #prepared: PreparedRun
  readonly #host: RunHost
  readonly #signal: AbortSignal
  readonly #stop = new AbortController()
  readonly #nodes: Map<string, PreparedNode>
  readonly #states = new Map<string, NodeState>()
  readonly #errors: ErrorReport[] = []
  /** Readers by source node and port; counted when the first stream asks. */
  #readerCounts: Map<string, number> | null = null
  /** Who makes a result, by key: what asks for it meanwhile waits for that one. */
  readonly #makers = new Map<string, NodeState>()
  #demands: NodeState[] = []
  #ready: NodeState[] = []
  #plan: PlannedNode[] = []
  /** What nodes that need not run gave is still being read. */
  #isShowing = false
  #running = 0
  /** Of those, nodes that wait for a sub-graph of theirs. */
  #waiting = 0
  #deviceTaken = false
  #startedAt = performance.now()
  #events: RunEventBody[] = []
  #wake: (() => void) | null = null
  #pumping = false
  readonly #origins = new OriginEvents()
  readonly #subGraphs: SubGraphRuns

  constructor(prepared: PreparedRun, host: RunHost, signal: AbortSignal) {
    this.#prepared = prepared
    this.#host = host
    this.#signal = signal
    this.#nodes = new Map(prepared.nodes)
    this.#subGraphs = new SubGraphRuns({
      ...{
        prepared,
        host,
        signal: this.#stop.signal,
        nodes: this.#nodes,
        states: this.#states,
        origins: this.#origins,
      },
      demand: (id) => this.#demand(id),
      counted: (node) => this.#readerCounts && countReaders(node, this.#readerCounts),
      schedule: () => this.#schedule(),
      waits: (isWaiting) => {
        this.#waiting += isWaiting ? 1 : -1
      },
      ended: (state) => {
        state.streaming = false
        this.#emit({ type: 'node.finished', node: state.node.id, seconds: state.streamMs / 1000 })
      },
      sourcesOf: (state) => this.#sourcesOf(state),
    })
  }

  announce(previous: Record<string, KeyParts> | undefined): void {
    this.#plan = planOf(this.#prepared, this.#host.cache, previous)
    this.#emit({ type: 'run.started', nodes: this.#plan })
    for (const { code, message, node } of this.#prepared.warnings) {
      this.#emit(
        node === undefined ? { type: 'run.warning', code, message } : { type: 'run.warning', code, message, node },
      )
    }
  }

  begin(): void {
    this.#signal.addEventListener('abort', this.#onAbort, { once: true })
    for (const id of this.#prepared.wanted) this.#demand(id)
    if (this.#host.previews !== false) void this.#showUnneeded()
    this.#schedule()
  }

  /** Nodes that need not run show what they gave when they last ran just so, also to who sees this workflow first now. */
  async #showUnneeded(): Promise<void> {
    const { cache } = this.#host
    this.#isShowing = true
    for (const { node: id, action } of this.#plan) {
      const node = this.#nodes.get(id)
      if (action !== 'unneeded' || !node || !isCacheable(node)) continue
      const display = cache.displayOf(node.key)
      // One after the other: there may be thousands, and nothing waits for them but the end of the run.
      const items = display instanceof Promise ? await display.catch(() => undefined) : display
      if (this.ended || this.#signal.aborted) break
      if (items) this.#emit({ type: 'node.display', node: id, items })
    }
    this.#isShowing = false
    this.#schedule()
  }

  dispose(): void {
    this.#signal.removeEventListener('abort', this.#onAbort)
    this.#stop.abort()
  }

  /** Resolves when there are events to take or the run has ended. */
  changed(): Promise<void> {
    if (this.#events.length > 0 || this.ended) return Promise.resolve()
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  takeEvents(): RunEventBody[] {
    const events = this.#events
    this.#events = []
    return events
  }

  readonly #onAbort = (): void => {
    this.#stop.abort(this.#signal.reason)
    this.#schedule()
  }

  #emit(made: RunEventBody): void {
    const event = this.#origins.spoken(made)
    if (!event) return
    this.#events.push(event)
    const wake = this.#wake
    this.#wake = null
    wake?.()
  }

  #readersOf(id: string, port: string): number {
    if (!this.#readerCounts) {
      this.#readerCounts = new Map()
      for (const node of this.#nodes.values()) countReaders(node, this.#readerCounts)
    }
    return this.#readerCounts.get(`${id}\n${port}`) ?? 1
  }

  /** The state of a node that something needs; made and queued on first call. */
  #demand(id: string): NodeState {
    const known = this.#states.get(id)
    if (known) return known
    const node = this.#nodes.get(id)
    if (!node) throw new AppError('workflow_invalid', `There is no node "${id}".`)
    const state = newState(node)
    this.#states.set(id, state)
    this.#demands.push(state)
    return state
  }

  #schedule(): void {
    if (this.#pumping || this.ended) return
    this.#pumping = true
    queueMicrotask(() => {
      this.#pumping = false
      this.#pump()
    })
  }

  #pump(): void {
    if (this.ended) return
    const sliceEnd = performance.now() + SLICE_MS
    while (this.#demands.length > 0 || this.#ready.length > 0) {
      if (this.#signal.aborted) break
      if (performance.now() > sliceEnd) {
        setTimeout(() => this.#pump(), 0)
        return
      }
      const demanded = this.#demands.pop()
      if (demanded) {
        this.#begin(demanded)
        continue
      }
      const next = this.#takeReady()
      if (!next) break
      this.#launch(next)
    }
    if (this.#running > 0) return
    if (this.#isShowing && !this.#signal.aborted) return
    if (this.#signal.aborted) this.#end({ type: 'run.cancelled', seconds: this.#seconds() })
    else if (this.#demands.length === 0 && this.#ready.length === 0) this.#conclude()
  }

  #takeReady(): NodeState | undefined {
    if (this.#running - this.#waiting >= (this.#host.concurrency ?? 8)) return undefined
    const at = this.#ready.findIndex((state) => !(state.node.definition.usesDevice && this.#deviceTaken))
    if (at < 0) return undefined
    if (at === this.#ready.length - 1) return this.#ready.pop()
    return this.#ready.splice(at, 1)[0]
  }

  /** Takes a demanded node from the cache or from one like it, or asks for its inputs. */
  #begin(state: NodeState): void {
    if (state.node.given) {
      state.wires = { value: state.node.given }
      this.#settle(state, 'done')
      return
    }
    if (!isCacheable(state.node)) {
      this.#askForInputs(state, null)
      return
    }
    if (!this.#host.cache.has(state.node.key)) {
      this.#makeOnce(state)
      return
    }
    const result = this.#host.cache.get(state.node.key)
    if (!(result instanceof Promise)) {
      this.#fromCache(state, result)
      return
    }
    this.#track(
      state,
      result.then(
        (found) => this.#fromCache(state, found),
        // A damaged entry is a miss: the node runs again.
        () => this.#fromCache(state, undefined),
      ),
    )
  }

  /** A result is made once in a run, also where several nodes ask for it before it is there, as two loops of one start do. */
  #makeOnce(state: NodeState): void {
    const { key } = state.node
    const maker = this.#makers.get(key)
    if (!maker) {
      this.#makers.set(key, state)
      this.#askForInputs(state, null)
      return
    }
    maker.whenSettled.push(() => {
      // The cache may hold no result as large as this one; what it may not hold at all is not shared either.
      if (maker.status === 'done' && !maker.makeshift && !hasBlocked(maker.wires)) {
        this.#takeOver(state, maker.wires, [...maker.display])
        return
      }
      this.#demands.push(state)
      this.#schedule()
    })
  }

  #fromCache(state: NodeState, result: CachedResult | undefined): void {
    if (result) this.#takeOver(state, wiresOf(state.node.definition, result.outputs, result.lists), result.display)
    else this.#makeOnce(state)
  }

  #takeOver(state: NodeState, wires: Record<string, Wire>, display: Display[]): void {
    state.wires = wires
    state.display = display
    this.#emit({ type: 'node.cached', node: state.node.id })
    if (display.length > 0) this.#emit({ type: 'node.display', node: state.node.id, items: display })
    this.#settle(state, 'done')
  }

  /** Demands the sources of the given inputs; of all that are not lazy when `names` is null. */
  #askForInputs(state: NodeState, names: string[] | null): void {
    const { definition, links } = state.node
    for (const [input, link] of eachLink(links)) {
      if (names ? !names.includes(input) : definition.inputs[input]?.lazy) continue
      state.asked.add(input)
      const source = this.#demand(link.node)
      if (isSettled(source)) continue
      source.readers.push(state)
      state.waiting++
    }
    if (state.waiting === 0) this.#makeReady(state)
  }

  #makeReady(state: NodeState): void {
    const broken = this.#brokenSource(state)
    if (broken) {
      const source = this.#origins.nameOf(broken.node.id)
      this.#emit({ type: 'node.skipped', node: state.node.id, because: `"${source}" did not finish`, source })
      this.#settle(state, 'skipped')
      return
    }
    state.status = 'ready'
    this.#ready.push(state)
  }

  #sourcesOf(state: NodeState): NodeState[] {
    const links = state.aliases
      ? Object.values(state.aliases)
      : [...eachLink(state.node.links)].flatMap(([input, link]) => (state.asked.has(input) ? [link] : []))
    return links.flatMap((link) => this.#states.get(link.node) ?? [])
  }

  #brokenSource(state: NodeState): NodeState | null {
    if (state.aliases) {
      for (const link of Object.values(state.aliases)) {
        const source = this.#states.get(link.node)
        if (source && source.status !== 'done') return source
      }
      return null
    }
    for (const [input, link] of eachLink(state.node.links)) {
      const source = this.#states.get(link.node)
      if (state.asked.has(input) && source && source.status !== 'done') return source
    }
    return null
  }

  #launch(state: NodeState): void {
    if (state.aliases) {
      this.#finishExpanded(state, state.aliases)
      return
    }
    const { definition } = state.node
    const sources: NodeState[] = []
    const wires = this.#gather(state, sources)
    if (definition.needs) {
      let wanted: string[]
      try {
        wanted = wantedInputs(definition, state.node.params, wires)
      } catch (error) {
        this.#fail(state, error)
        return
      }
      const unasked = wanted.filter((name) => !state.asked.has(name) && state.node.links[name] !== undefined)
      if (unasked.length > 0) {
        state.status = 'waiting'
        this.#askForInputs(state, unasked)
        return
      }
    }
    const { calls, mapped } = callsFor(definition, wires)
    state.status = 'running'
    state.startedAt = performance.now()
    const phase = definition.phase
    this.#emit(
      phase ? { type: 'node.started', node: state.node.id, phase } : { type: 'node.started', node: state.node.id },
    )
    const streamedBefore = sumStreamMs(sources)
    const finish = (wires: Record<string, Wire>): void => {
      const busyMs = performance.now() - state.startedAt - (sumStreamMs(sources) - streamedBefore)
      this.#finish(state, wires, busyMs / 1000)
    }
    if (!mapped && calls.length === 1) {
      this.#runOne(state, calls[0] as Record<string, unknown>, finish)
      return
    }
    this.#occupy(state)
    this.#track(state, this.#runMapped(state, calls).then(finish), true)
  }

  /** Runs a node once. Nodes that answer without waiting finish here and now. */
  #runOne(state: NodeState, call: Record<string, unknown>, finish: (wires: Record<string, Wire>) => void): void {
    const { definition } = state.node
    try {
      const result = this.#call(state, call)
      if (!(result instanceof Promise)) {
        if (result instanceof Expansion) this.#track(state, this.#expand(state, result))
        else finish(wiresOf(definition, result))
        return
      }
      this.#occupy(state)
      this.#track(
        state,
        result.then((outputs) =>
          outputs instanceof Expansion ? this.#expand(state, outputs) : finish(wiresOf(definition, outputs)),
        ),
        true,
      )
    } catch (error) {
      this.#fail(state, error)
    }
  }

  async #runMapped(state: NodeState, calls: Record<string, unknown>[]): Promise<Record<string, Wire>> {
    const results: Record<string, unknown>[] = []
    for (const call of calls) {
      this.#stop.signal.throwIfAborted()
      const result = await this.#call(state, call)
      if (result instanceof Expansion) {
        throw new AppError('workflow_invalid', 'A node that expands into a sub-graph cannot run over a list.')
      }
      results.push(result)
    }
    return joinCalls(state.node.definition, results)
  }

  #call(
    state: NodeState,
    call: Record<string, unknown>,
  ): Promise<Record<string, unknown> | Expansion> | Record<string, unknown> | Expansion {
    const blocker = blockerIn(call)
    if (blocker) {
      if (blocker.message !== null) throw new AppError('node_failed', blocker.message)
      return allBlocked(state.node.definition, blocker)
    }
    const context = createNodeContext({
      node: state.node,
      signal: this.#stop.signal,
      host: this.#host,
      prepared: this.#prepared,
      gate: state.gate,
      emit: (event) => this.#emit(event),
      display: state.display,
      makeshift: () => {
        state.makeshift = true
      },
      subGraphs: this.#subGraphs.of(state),
    })
    const { definition, params } = state.node
    const empty = emptyInput(definition, call)
    if (empty !== null) {
      throw new AppError(
        'input_invalid',
        `Nothing came for its input "${empty}": what is linked there gives nothing here.`,
      )
    }
    return definition.run(call as never, callParams(definition, params, call) as never, context) as Promise<
      Record<string, unknown>
    >
  }

  /** The wires that feed a node, frame streams metered. Adds the producers of streams to `sources`. */
  #gather(state: NodeState, sources: NodeState[]): Record<string, Wire> {
    const wires: Record<string, Wire> = {}
    for (const [input, value] of Object.entries(state.node.links)) {
      if (!state.asked.has(input)) continue
      const links = Array.isArray(value) ? value : [value]
      const found = links.map((link) => {
        const source = this.#states.get(link.node) as NodeState
        if (source.streaming) sources.push(source)
        return source.wires[link.port] ?? single(undefined)
      })
      wires[input] =
        found.length === 1 && !Array.isArray(value)
          ? (found[0] as Wire)
          : { list: true, items: found.flatMap((wire) => wire.items) }
    }
    return wires
  }

  #finish(state: NodeState, wires: Record<string, Wire>, seconds: number): void {
    const { node } = state
    const blocked = hasBlocked(wires)
    state.makeshift ||= this.#sourcesOf(state).some((source) => source.makeshift)
    if (isCacheable(node) && !blocked && !state.makeshift) {
      this.#host.cache.put(node.key, cachedResult(node.definition, wires, state.display), { seconds })
    }
    state.wires = this.#withStreams(state, wires)
    if (state.display.length > 0) this.#emit({ type: 'node.display', node: node.id, items: [...state.display] })
    for (const id of state.repeats) if (this.#origins.isSilent(id)) this.#emit({ type: 'node.cached', node: id })
    if (blocked) this.#emit({ type: 'node.skipped', node: node.id, because: 'its input is blocked' })
    else if (!state.streaming) this.#emit({ type: 'node.finished', node: node.id, seconds })
    else state.streamMs += seconds * 1000
    this.#settle(state, 'done')
  }

  /** Frame outputs, shared between their readers, with time, progress and failure billed to this node. */
  #withStreams(state: NodeState, wires: Record<string, Wire>): Record<string, Wire> {
    const outputs = state.node.definition.outputs
    const result: Record<string, Wire> = {}
    for (const [name, wire] of Object.entries(wires)) {
      const port = outputs[name]
      if (!port || !STREAMED_TYPES.has(port.type)) {
        result[name] = wire
        continue
      }
      const readers = this.#readersOf(state.node.id, name)
      result[name] = {
        list: wire.list,
        items: wire.items.map((item) =>
          item instanceof Blocked
            ? item
            : shareFrames(
                meteredFrames(state, item as Frames, (event) => this.#emit(event)),
                readers,
              ),
        ),
      }
      state.streaming = true
    }
    return result
  }

  async #expand(state: NodeState, expansion: Expansion): Promise<void> {
    const { nodes, outputs } = await prepareExpansion(state.node, expansion, {
      registry: this.#prepared.registry,
      host: this.#host,
      nodes: this.#nodes,
    })
    for (const node of nodes) {
      this.#nodes.set(node.id, node)
      if (this.#readerCounts) countReaders(node, this.#readerCounts)
    }
    this.#emit({ type: 'node.expanded', node: state.node.id, nodes: nodes.map((node) => node.id) })
    state.aliases = outputs
    state.status = 'waiting'
    for (const link of Object.values(outputs)) {
      const source = this.#demand(link.node)
      if (isSettled(source)) continue
      source.readers.push(state)
      state.waiting++
    }
    if (state.waiting === 0) this.#makeReady(state)
  }

  #finishExpanded(state: NodeState, aliases: Record<string, Link>): void {
    const wires: Record<string, Wire> = {}
    for (const [name, link] of Object.entries(aliases))
      wires[name] = this.#states.get(link.node)?.wires[link.port] ?? single(undefined)
    this.#finish(state, wires, (performance.now() - state.startedAt) / 1000)
  }

  #occupy(state: NodeState): void {
    if (state.node.definition.usesDevice) this.#deviceTaken = true
  }

  /** Counts a promise as running work and routes its failure to the node. */
  #track(state: NodeState, work: Promise<void>, frees = false): void {
    this.#running++
    void work
      .catch((error: unknown) => this.#fail(state, error))
      .finally(() => {
        this.#running--
        if (frees && state.node.definition.usesDevice) this.#deviceTaken = false
        this.#schedule()
      })
  }

  #fail(state: NodeState, error: unknown): void {
    const { node } = state
    if (this.#signal.aborted && (isCancellation(error) || error === this.#signal.reason)) {
      state.status = 'failed'
      return
    }
    const failure =
      error instanceof NodeFailedError ? error : new NodeFailedError(node.id, node.definition.title, error, node.origin)
    state.failure = failure
    const report = reportOf(failure)
    // What a loop adds to its rounds speaks as the node that runs it, which fails with it.
    const isOwn = node.origin !== undefined && this.#origins.isSilentCopy(node.id)
    const culprit = this.#states.get(failure.nodeId)
    if (culprit && culprit !== state && failure.shownAs !== node.id) {
      // The failure happened in a stream this node was reading: the producer is to blame.
      if (culprit.streaming || culprit.status === 'done') {
        culprit.streaming = false
        this.#emit({ type: 'node.failed', node: culprit.node.id, error: report })
        this.#errors.push(report)
        culprit.failure = failure
        culprit.status = 'failed'
      }
      const source = this.#origins.nameOf(culprit.node.id)
      this.#emit({ type: 'node.skipped', node: node.id, because: `"${source}" failed`, source })
      this.#settle(state, 'skipped')
      return
    }
    if (!isOwn) this.#errors.push(report)
    this.#emit({ type: 'node.failed', node: node.id, error: report })
    this.#settle(state, 'failed')
  }

  #settle(state: NodeState, status: 'done' | 'failed' | 'skipped'): void {
    state.status = status
    if (this.#makers.get(state.node.key) === state) this.#makers.delete(state.node.key)
    for (const tell of state.whenSettled.splice(0)) tell()
    const readers = state.readers
    state.readers = []
    for (const reader of readers) {
      reader.waiting--
      if (reader.waiting === 0) this.#makeReady(reader)
    }
    this.#schedule()
  }

  /** Nothing is left to do: says how it ended. */
  #conclude(): void {
    const stuck = [...this.#states.values()].filter((state) => state.status === 'waiting')
    if (stuck.length > 0) {
      const ids = stuck.map((state) => state.node.id)
      this.#errors.push({ code: 'workflow_invalid', message: `These nodes wait for each other: ${ids.join(', ')}.` })
    }
    for (const state of this.#states.values()) {
      if (!state.streaming || state.status !== 'done') continue
      state.streaming = false
      this.#emit({ type: 'node.finished', node: state.node.id, seconds: state.streamMs / 1000 })
    }
    const outputs = runOutputs(this.#prepared.outputs, (id) => this.#states.get(id))
    const seconds = this.#seconds()
    const missing = this.#prepared.outputs.length - outputs.length
    const first = this.#errors[0]
    if (first && (missing > 0 || this.#prepared.outputs.length === 0)) {
      this.#end({ type: 'run.failed', error: first, errors: this.#errors, outputs, seconds })
    } else {
      this.#end({ type: 'run.finished', outputs, seconds, peakRssBytes: this.#host.peakRssBytes?.() ?? 0 })
    }
  }

  #seconds(): number {
    return (performance.now() - this.#startedAt) / 1000
  }

  #end(event: RunEventBody): void {
    if (this.ended) return
    this.ended = true
    this.#emit(event)
  }
}

const hasBlocked = (wires: Record<string, Wire>): boolean =>
  Object.values(wires).some((wire) => wire.items.some((item) => item instanceof Blocked))

function countReaders(node: PreparedNode, counts: Map<string, number>): void {
  for (const [, link] of eachLink(node.links)) {
    const name = `${link.node}\n${link.port}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
}
