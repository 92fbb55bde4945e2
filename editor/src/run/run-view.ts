import type { Display, ErrorReport, Phase, RunEvent, RunState } from '@beatloom/core'
import type { PublicOutput } from '../api/types.ts'

export type NodeState = 'waiting' | 'running' | 'cached' | 'done' | 'skipped' | 'failed' | 'stopped'

export interface NodeRun {
  state: NodeState
  phase?: Phase
  step?: number
  steps?: number
  seconds?: number
  /** Why it ran, or why it was skipped. */
  reason?: string
  /** The node that kept it from running. */
  source?: string
  error?: ErrorReport
}

export interface Preview {
  /** Data addresses by frame number; one frame for a still preview. */
  frames: (string | undefined)[]
}

/** One run as the page shows it: built from its events alone, so replaying them gives the same picture. */
export interface RunView {
  id: string
  state: RunState
  lastSeq: number
  nodes: Record<string, NodeRun>
  displays: Record<string, Display[]>
  previews: Record<string, Preview>
  /** The node that reported last. */
  activeNode: string | null
  startedAt: string | null
  finishedAt: string | null
  seconds: number | null
  outputs: PublicOutput[]
  error: ErrorReport | null
  warnings: { code: string; message: string; node?: string }[]
}

export function emptyRun(id: string): RunView {
  return {
    id,
    state: 'queued',
    lastSeq: 0,
    nodes: {},
    displays: {},
    previews: {},
    activeNode: null,
    startedAt: null,
    finishedAt: null,
    seconds: null,
    outputs: [],
    error: null,
    warnings: [],
  }
}

export const isOver = (state: RunState): boolean => state !== 'queued' && state !== 'running'

/** The run after an event. Events already seen change nothing, so a replay after a broken connection is harmless. */
export function applyEvent(run: RunView, event: RunEvent): RunView {
  if (event.run !== run.id) return run
  if (event.seq > 0 && event.seq <= run.lastSeq) return run
  const next = reduce(run, event)
  return event.seq > 0 ? { ...next, lastSeq: event.seq } : next
}

function reduce(run: RunView, event: RunEvent): RunView {
  switch (event.type) {
    case 'run.queued':
      return { ...run, state: 'queued' }
    case 'run.started': {
      const nodes: Record<string, NodeRun> = {}
      for (const { node, action, reason } of event.nodes)
        if (action !== 'unneeded') nodes[node] = { state: 'waiting', reason }
      return { ...run, state: 'running', startedAt: event.time, nodes, error: null, outputs: [] }
    }
    case 'run.resumed':
      return { ...run, state: 'running', finishedAt: null, error: null }
    case 'run.warning': {
      const { code, message, node } = event
      return { ...run, warnings: [...run.warnings, { code, message, ...(node === undefined ? {} : { node }) }] }
    }
    case 'node.started':
      return { ...setNode(run, event.node, { state: 'running', phase: event.phase }), activeNode: event.node }
    case 'node.progress': {
      const { step, steps, phase } = event
      return { ...setNode(run, event.node, { state: 'running', step, steps, phase }), activeNode: event.node }
    }
    case 'node.preview':
      return isOver(run.state) ? run : { ...run, previews: addPreview(run.previews, event) }
    case 'node.display':
      return { ...run, displays: { ...run.displays, [event.node]: event.items } }
    case 'node.cached':
      return setNode(run, event.node, { state: 'cached' })
    case 'node.finished':
      return {
        ...setNode(run, event.node, { state: 'done', seconds: event.seconds }),
        previews: without(run.previews, event.node),
      }
    case 'node.failed':
      return {
        ...setNode(run, event.node, { state: 'failed', error: event.error }),
        previews: without(run.previews, event.node),
      }
    case 'node.skipped':
      return setNode(run, event.node, { state: 'skipped', reason: event.because, source: event.source })
    case 'node.expanded':
    case 'run.checkpoint':
      return run
    case 'run.finished': {
      const outputs = event.outputs as unknown as PublicOutput[]
      return over(run, 'done', event.time, { outputs, seconds: event.seconds })
    }
    case 'run.failed': {
      const outputs = event.outputs as unknown as PublicOutput[]
      return over(run, 'failed', event.time, { outputs, error: event.error, seconds: event.seconds })
    }
    case 'run.cancelled':
      return over(run, 'cancelled', event.time, { seconds: event.seconds })
    case 'run.interrupted':
      return over(run, 'interrupted', event.time, { error: { code: 'run_interrupted', message: event.message } })
    default:
      // A newer server may say more; what is not understood is left aside.
      return run
  }
}

function over(run: RunView, state: RunState, time: string, facts: Partial<RunView>): RunView {
  const nodes: Record<string, NodeRun> = {}
  for (const [id, node] of Object.entries(run.nodes)) {
    nodes[id] = node.state === 'running' || node.state === 'waiting' ? { ...node, state: 'stopped' } : node
  }
  return { ...run, ...facts, state, finishedAt: time, nodes, previews: {}, activeNode: null }
}

function setNode(run: RunView, id: string, change: NodeRun): RunView {
  const { phase = run.nodes[id]?.phase, ...rest } = change
  const node: NodeRun = { ...run.nodes[id], ...rest, ...(phase === undefined ? {} : { phase }) }
  return { ...run, nodes: { ...run.nodes, [id]: node } }
}

function addPreview(
  previews: RunView['previews'],
  event: { node: string; mime: string; bytes: string; frame?: number; frames?: number },
): RunView['previews'] {
  const address = `data:${event.mime};base64,${event.bytes}`
  const count = event.frames ?? 1
  const old = previews[event.node]?.frames ?? []
  const frames = old.length === count ? [...old] : Array.from({ length: count }, () => undefined as string | undefined)
  frames[Math.min(count - 1, event.frame ?? 0)] = address
  return { ...previews, [event.node]: { frames } }
}

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  if (!(key in record)) return record
  const { [key]: _gone, ...rest } = record
  return rest
}
