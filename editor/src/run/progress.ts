import type { NodeDescriptor, Phase, Workflow } from '@beatloom/core'
import type { NodeRun, RunView } from './run-view.ts'

export const PHASES = ['audio', 'generate', 'encode'] as const satisfies readonly Phase[]

export interface PhaseProgress {
  phase: Phase
  state: 'waiting' | 'active' | 'done'
  /** Of the node now working in it. */
  step: number | null
  steps: number | null
}

export function shareOf(node: NodeRun): number {
  if (node.state === 'waiting' || node.state === 'stopped') return 0
  if (node.state === 'running') return node.steps ? Math.min(1, (node.step ?? 0) / node.steps) : 0
  return 1
}

/** The whole run's share done, 0 … 1, each node counting as long as it usually takes. */
export function overallShare(run: RunView, secondsOf: (node: string) => number): number {
  if (run.state === 'done') return 1
  let done = 0
  let total = 0
  for (const [id, node] of Object.entries(run.nodes)) {
    if (node.state === 'cached') continue
    const seconds = secondsOf(id)
    total += seconds
    done += seconds * shareOf(node)
  }
  return total === 0 ? 0 : done / total
}

/** Seconds that the nodes a run computes usually take. */
export function usualTotal(run: RunView, secondsOf: (node: string) => number): number {
  let total = 0
  for (const [id, node] of Object.entries(run.nodes)) if (node.state !== 'cached') total += secondsOf(id)
  return total
}

/** From this share on the pace so far says more than habit. */
const TRUSTED_SHARE = 0.3

/** Seconds left: by what the nodes usually take at first, and more and more by the pace of this very run. */
export function secondsLeft(share: number, elapsedSeconds: number, usualSeconds: number): number {
  const byHabit = usualSeconds * (1 - share)
  if (share <= 0) return byHabit
  const byPace = (elapsedSeconds * (1 - share)) / share
  const trust = Math.min(1, share / TRUSTED_SHARE)
  return byHabit * (1 - trust) + byPace * trust
}

/** The stages people see, in order; only those the run has nodes for. */
export function phaseProgress(run: RunView, phaseOf: (node: string) => Phase | null): PhaseProgress[] {
  return PHASES.flatMap((phase): PhaseProgress[] => {
    const nodes = Object.entries(run.nodes).filter(([id]) => phaseOf(id) === phase)
    if (nodes.length === 0) return []
    const running = nodes.filter(([, node]) => node.state === 'running').map(([, node]) => node)
    const counted = running.findLast((node) => node.steps !== undefined)
    const finished = run.state === 'done' || nodes.every(([, node]) => shareOf(node) === 1)
    const begun = running.length > 0
    const state = finished ? 'done' : begun ? 'active' : 'waiting'
    return [{ phase, state, step: counted?.step ?? null, steps: counted?.steps ?? null }]
  })
}

/** The phase of each node by its type; nodes put in by an expansion count with their parent. */
export function phaseLookup(workflow: Workflow, descriptors: ReadonlyMap<string, NodeDescriptor>) {
  return (id: string): Phase | null => {
    const node = workflow.nodes[id] ?? workflow.nodes[id.split('/')[0] ?? '']
    return descriptors.get(node?.type ?? '')?.phase ?? null
  }
}
