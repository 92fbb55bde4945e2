import { describe, expect, it } from 'vitest'
import { emptyRun, type NodeState, type RunView } from '../../run/run-view.ts'
import { boxRun } from './box-run.ts'

const runWith = (states: Record<string, NodeState>): RunView => ({
  ...emptyRun('r'),
  nodes: Object.fromEntries(Object.entries(states).map(([id, state]) => [id, { state }])),
})
const stateOf = (...states: NodeState[]) => {
  const nodes = Object.fromEntries(states.map((state, n) => [`n${n}`, state]))
  return boxRun(runWith(nodes), Object.keys(nodes))?.state
}

describe('K7, R2: the state of a box', () => {
  it('is that of the nodes inside together: a failure first, then work, then what is left', () => {
    expect(stateOf('done', 'failed', 'running')).toBe('failed')
    expect(stateOf('done', 'running', 'waiting')).toBe('running')
    expect(stateOf('done', 'waiting')).toBe('running')
    expect(stateOf('waiting', 'waiting')).toBe('waiting')
    expect(stateOf('cached', 'cached')).toBe('cached')
    expect(stateOf('cached', 'done')).toBe('done')
    expect(stateOf('done', 'skipped')).toBe('skipped')
  })

  it('counts what is done of what the run needs, and is nothing where the run needs none of them', () => {
    const run = runWith({ a: 'done', b: 'running', elsewhere: 'failed' })
    expect(boxRun(run, ['a', 'b', 'unneeded'])).toEqual({ state: 'running', done: 1, count: 2 })
    expect(boxRun(run, ['unneeded'])).toBeNull()
    expect(boxRun(null, ['a'])).toBeNull()
  })
})
