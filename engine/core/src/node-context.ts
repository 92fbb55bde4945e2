import type { RunEventBody } from './events.ts'
import type { RunHost } from './host.ts'
import type { NodeContext, SubGraphs } from './node-definition.ts'
import type { PreparedNode, PreparedRun } from './prepared-run.ts'
import type { Display, OtherWorkers } from './services.ts'
import { serializeWorkflow } from './workflow.ts'

const PROGRESS_INTERVAL_MS = 50
const PREVIEW_INTERVAL_MS = 200

/** Lets at most so many progress and preview events of one node through; the last step always. */
export class ProgressGate {
  #lastProgress = Number.NEGATIVE_INFINITY
  #lastPreview = Number.NEGATIVE_INFINITY

  progress(node: PreparedNode, step: number, steps: number): RunEventBody | null {
    const now = performance.now()
    if (step < steps && now - this.#lastProgress < PROGRESS_INTERVAL_MS) return null
    this.#lastProgress = now
    const phase = node.definition.phase
    const event: RunEventBody = { type: 'node.progress', node: node.id, step, steps }
    return phase ? { ...event, phase } : event
  }

  allowsPreview(): boolean {
    const now = performance.now()
    if (now - this.#lastPreview < PREVIEW_INTERVAL_MS) return false
    this.#lastPreview = now
    return true
  }
}

interface ContextParts {
  node: PreparedNode
  signal: AbortSignal
  host: RunHost
  prepared: PreparedRun
  gate: ProgressGate
  emit(event: RunEventBody): void
  display: Display[]
  makeshift(): void
  subGraphs: SubGraphs
}

export function createNodeContext({
  node,
  signal,
  host,
  prepared,
  gate,
  emit,
  display,
  makeshift,
  subGraphs,
}: ContextParts): NodeContext {
  return {
    nodeId: node.id,
    signal,
    files: host.files,
    artifacts: host.artifacts,
    models: host.models,
    links: node.links,
    makeshift,
    checkpoint: () => emit({ type: 'run.checkpoint', node: node.id }),
    subGraphs,
    ...otherWorkersFor(node, host, prepared, signal),
    showNow: () => emit({ type: 'node.display', node: node.id, items: [...display] }),
    previews: host.previews !== false,
    repeated: node.origin !== undefined,
    progress(step, steps) {
      const event = gate.progress(node, step, steps)
      if (event) emit(event)
    },
    preview({ mime, bytes, frame, frames }) {
      if (host.previews === false || !gate.allowsPreview()) return
      const place = frame === undefined || frames === undefined ? {} : { frame, frames }
      emit({ type: 'node.preview', node: node.id, mime, bytes: toBase64(bytes), ...place })
    },
    display(item) {
      display.push(item)
    },
    withdraw(item) {
      const at = display.indexOf(item)
      if (at >= 0) display.splice(at, 1)
    },
    async provenance() {
      return { workflow: serializeWorkflow(prepared.workflow), files: prepared.files }
    },
  }
}

function otherWorkersFor(
  { id }: PreparedNode,
  { otherWorkers }: RunHost,
  { workflow }: PreparedRun,
  signal: AbortSignal,
): Pick<NodeContext, 'otherWorkers'> {
  if (!otherWorkers || otherWorkers.count === 0 || !Object.hasOwn(workflow.nodes, id)) return {}
  const run: OtherWorkers['run'] = (worker, params, unlinked) =>
    otherWorkers.run(worker, { node: id, params, unlinked }, signal)
  return { otherWorkers: { count: otherWorkers.count, run } }
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  // fromCharCode takes its bytes as arguments, and engines cap how many there may be.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}
