import { expect, it } from 'vitest'
import { shallow } from 'zustand/shallow'
import type { LiveEvent } from '../api/types.ts'
import { testWorkflow } from '../document/test-graph.ts'
import { nodeStates, receiveEvent, runStore, showRun } from './run-store.ts'

const base = { run: 'r1', time: '2026-01-01T00:00:00Z' }
const queued: LiveEvent = { ...base, type: 'run.queued', seq: 1, id: 11 }
const started: LiveEvent = {
  ...base,
  type: 'run.started',
  seq: 2,
  id: 12,
  nodes: [{ node: 'photo', action: 'run', reason: '' }],
}
const progress: LiveEvent = { ...base, type: 'node.progress', seq: 3, id: 13, node: 'photo', step: 1, steps: 2 }

it('misses nothing that came by between reading a run back and showing it', () => {
  // The stream is ahead of what the server had stored when it was asked.
  for (const event of [queued, started, progress]) receiveEvent(event)
  showRun('r1', testWorkflow(), [queued, started])
  expect(runStore.getState().run?.nodes.photo).toMatchObject({ state: 'running', step: 1, steps: 2 })
  expect(runStore.getState().run?.lastSeq).toBe(3)
})

it('keeps what nodes showed when the same graph runs again', () => {
  receiveEvent({
    ...base,
    type: 'node.display',
    seq: 4,
    id: 14,
    node: 'photo',
    items: [{ kind: 'text', text: 'seen' }],
  })
  showRun('r2', testWorkflow(), [])
  expect(runStore.getState().displays.photo).toEqual([{ kind: 'text', text: 'seen' }])
})

it('R2: a tick of progress changes no state, so what draws all nodes is not drawn anew', () => {
  const of = (event: LiveEvent): LiveEvent => ({ ...event, run: 'r3' })
  showRun('r3', testWorkflow(), [queued, started, progress].map(of))
  const before = nodeStates(runStore.getState())
  receiveEvent(of({ ...progress, seq: 4, id: 15, step: 2 }))
  expect(runStore.getState().run?.nodes.photo?.step).toBe(2)
  expect(shallow(nodeStates(runStore.getState()), before)).toBe(true)
  receiveEvent(of({ ...base, type: 'node.finished', seq: 5, id: 16, node: 'photo', seconds: 1 }))
  expect(shallow(nodeStates(runStore.getState()), before)).toBe(false)
})
