import type { RunView } from '../../run/run-view.ts'

export type BoxState = 'running' | 'failed' | 'waiting' | 'stopped' | 'skipped' | 'done' | 'cached'

/** What a run makes of the nodes in a box, together. */
export interface BoxRun {
  state: BoxState
  done: number
  count: number
}

/** Null where the run has nothing to do in the box. */
export function boxRun(run: RunView | null, members: readonly string[]): BoxRun | null {
  const states = members.flatMap((id) => run?.nodes[id]?.state ?? [])
  if (states.length === 0) return null
  const done = states.filter((state) => state === 'done' || state === 'cached').length
  const order = ['failed', 'running', 'stopped', 'skipped', 'waiting'] as const
  const first = order.find((state) => states.includes(state))
  const finished = states.every((state) => state === 'cached') ? 'cached' : 'done'
  // A box at work that is between two nodes is still at work.
  const state = first === 'waiting' && done > 0 ? 'running' : (first ?? finished)
  return { state, done, count: states.length }
}
