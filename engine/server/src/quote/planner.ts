import {
  costOf,
  estimateRun,
  type FactsByNode,
  type FactsByPort,
  type Issue,
  type KeyParts,
  type PlannedNode,
  type PortType,
  type PreparedNode,
  type PreparedRun,
  planOf,
  prepareRun,
  type Registry,
  type Rehearsal,
  type RunHost,
  type Workflow,
} from '@beatloom/core'
import type { WorkerProcess } from '../jobs/worker-process.ts'
import type { RunRequest } from '../store/run-record.ts'
import type { KnownFiles } from './known-files.ts'
import { learnFrom } from './learn-speeds.ts'
import { type Limits, limitsOf, REST_BYTES } from './limits.ts'
import { nearestSetting } from './nearest-setting.ts'
import { type Quote, quoteOf, type Refusal, rounded } from './quote.ts'
import { type SpeedBook, speedKeys } from './speed-book.ts'

export interface PlannerServices {
  registry: Registry
  host: Pick<RunHost, 'hash' | 'files' | 'models'>
  worker: Pick<WorkerProcess, 'ask'>
  files: KnownFiles
  book: SpeedBook
  /** The folder that results are written to. */
  folder: string
}

export interface QuotedNode extends PlannedNode {
  /** What it usually takes on this machine when it has to run. */
  seconds: number
}

/** What a run would do, what is known of its values, and what it would take. */
export interface Plan {
  issues: Issue[]
  nodes: QuotedNode[]
  facts: Record<string, FactsByPort>
  /** Null while the workflow cannot run. */
  quote: Quote | null
}

/** Values whose facts are worth looking up once they are made: what was known before may have been less. */
const TELLING: ReadonlySet<PortType> = new Set(['BEATS', 'SHOTS', 'AUDIO', 'VIDEO', 'IMAGE', 'NUMBER', 'BOOLEAN'])
/** Nodes whose results are looked at for one plan. */
const MOST_LOOKED_AT = 200
/** Settings tried for one refusal. */
const MOST_ATTEMPTS = 80

/** Plans runs without running anything. */
export class Planner {
  readonly #services: PlannerServices

  constructor(services: PlannerServices) {
    this.#services = services
  }

  async plan(workflow: Workflow, request: RunRequest, previous?: Record<string, KeyParts>): Promise<Plan> {
    const { issues, prepared, facts } = await this.prepare(workflow, request)
    if (!prepared) return { issues, nodes: [], facts: Object.fromEntries(facts), quote: null }
    const rehearsals = await this.#rehearse(prepared, workflow, request)
    const { nodes, estimate, cached } = await this.#estimate(prepared, facts, { previous, rehearsals })
    const [limits, made] = await Promise.all([limitsOf(this.#services.folder), this.#factsOfResults(prepared, cached)])
    const quote = quoteOf(estimate, limits)
    const shots = Object.values(rehearsals).map(({ rounds, missing }) => ({ count: rounds, missing }))
    if (shots.length > 0) quote.shots = shots
    if (quote.refusal) quote.refusal = await this.#withWayOut(quote.refusal, workflow, request)
    const quoted = nodes.map((node) => ({ ...node, seconds: rounded(estimate.nodeSeconds.get(node.node) ?? 0) }))
    return { issues, nodes: quoted, facts: merged(facts, made), quote }
  }

  /** Every problem of a workflow, the run it would be where there is none that matters, and what is known before it. */
  prepare(workflow: Workflow, request: RunRequest) {
    const { registry, host, files } = this.#services
    return prepareRun(workflow, { registry, host, fileFacts: files.factsOf, ...request })
  }

  /** Why the quote of a prepared run refuses it; null where it can be done here. */
  async refusalOf(
    prepared: PreparedRun,
    facts: FactsByNode,
    asked: { workflow: Workflow; request: RunRequest },
  ): Promise<Refusal | null> {
    const limits = await limitsOf(this.#services.folder)
    // What is cached only makes a run smaller: the worker, which may be busy, is asked about it where that counts.
    if (fitsWhole(prepared, facts, limits)) return null
    const rehearsals = await this.#rehearse(prepared, asked.workflow, asked.request)
    const { estimate } = await this.#estimate(prepared, facts, { rehearsals })
    const { refusal } = quoteOf(estimate, limits)
    return refusal ? this.#withWayOut(refusal, asked.workflow, asked.request) : null
  }

  /** Takes up how long the nodes of a finished run took. @param events the run's stored messages. */
  async learn(workflow: Workflow, request: RunRequest, events: readonly string[]): Promise<void> {
    const { prepared, facts } = await this.prepare(workflow, request)
    if (prepared) learnFrom(events, { prepared, facts }, this.#services.book)
  }

  /** Which shots a run would make. The worker is asked only about workflows that have any. */
  async #rehearse(prepared: PreparedRun, workflow: Workflow, request: RunRequest): Promise<Record<string, Rehearsal>> {
    if (![...prepared.nodes.values()].some((node) => node.definition.rehearsal)) return {}
    // A plan without it is still a plan.
    return this.#services.worker.ask('rehearse', { workflow: JSON.stringify(workflow), request }).catch(() => ({}))
  }

  async #estimate(
    prepared: PreparedRun,
    facts: FactsByNode,
    known: { previous?: Record<string, KeyParts> | undefined; rehearsals?: Record<string, Rehearsal> } = {},
  ) {
    const { worker, book } = this.#services
    const keys = [...prepared.nodes.values()].map((node) => node.key)
    const cached = new Set(await worker.ask('cached', { keys }))
    const nodes = planOf(prepared, { has: (key) => cached.has(key) }, known.previous)
    const keyOf = speedKeys(prepared)
    const estimate = estimateRun(prepared, nodes, facts, (node) => book.speedOf(keyOf(node)), known.rehearsals)
    return { nodes, estimate, cached }
  }

  /** What finished results say of themselves, by node. */
  async #factsOfResults(prepared: PreparedRun, cached: ReadonlySet<string>): Promise<Map<string, FactsByPort>> {
    const asked: { id: string; key: string; outputs: Record<string, PortType> }[] = []
    for (const node of prepared.nodes.values()) {
      if (asked.length >= MOST_LOOKED_AT) break
      if (!cached.has(node.key)) continue
      const outputs = tellingOutputs(node)
      if (Object.keys(outputs).length > 0) asked.push({ id: node.id, key: node.key, outputs })
    }
    if (asked.length === 0) return new Map()
    const answers = await this.#services.worker.ask('facts', {
      results: asked.map(({ key, outputs }) => ({ key, outputs })),
    })
    return new Map(asked.flatMap(({ id, key }) => (answers[key] ? [[id, answers[key]] as const] : [])))
  }

  /** A refusal that names the nearest setting of a declared input that would fit. */
  async #withWayOut(refusal: Refusal, workflow: Workflow, request: RunRequest): Promise<Refusal> {
    let attempts = 0
    const limits = await limitsOf(this.#services.folder)
    const setting = await nearestSetting(workflow, request.inputs ?? {}, this.#services.registry, async (inputs) => {
      if (++attempts > MOST_ATTEMPTS) return null
      const { prepared, facts } = await this.prepare(workflow, { ...request, inputs })
      if (!prepared) return null
      const { estimate } = await this.#estimate(prepared, facts)
      return quoteOf(estimate, limits).refusal ? null : estimate.middleSeconds
    })
    if (!setting) return refusal
    const { input, node, param, value } = setting
    return { ...refusal, node, param, nearest: value, message: `${refusal.message} It fits with ${input} at ${value}.` }
  }
}

/** Whether a run can be done here were nothing of it cached. Before every run, so it looks at nothing but the needs. */
function fitsWhole(prepared: PreparedRun, facts: FactsByNode, { memoryBytes, diskBytes }: Limits): boolean {
  let memory = REST_BYTES
  let disk = 0
  for (const node of prepared.nodes.values()) {
    const cost = costOf(node, facts)
    if (cost?.refusal !== undefined) return false
    memory += cost?.memoryBytes ?? 0
    disk += cost?.diskBytes ?? 0
  }
  return memory <= memoryBytes && disk <= diskBytes
}

function tellingOutputs({ definition }: PreparedNode): Record<string, PortType> {
  const entries = Object.entries(definition.outputs).filter(([, port]) => !port.list && TELLING.has(port.type))
  return Object.fromEntries(entries.map(([name, port]) => [name, port.type]))
}

/** What a result says of itself counts for more than what was reckoned before it was there. */
function merged(facts: FactsByNode, made: ReadonlyMap<string, FactsByPort>): Record<string, FactsByPort> {
  const all: Record<string, FactsByPort> = Object.fromEntries(facts)
  for (const [id, ports] of made) {
    const node = { ...all[id] }
    for (const [port, told] of Object.entries(ports)) {
      const { durationErrorSeconds, ...reckoned } = node[port] ?? {}
      const isExact = durationErrorSeconds === undefined || told.durationSeconds !== undefined
      node[port] = { ...reckoned, ...(isExact ? {} : { durationErrorSeconds }), ...told }
    }
    all[id] = node
  }
  return all
}
