import { expect, it } from 'vitest'
import type { LiveEvent } from '../api/types.ts'
import { testWorkflow } from '../document/test-graph.ts'
import { receiveEvent, runStore, showRun } from './run-store.ts'

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
