import type { RunEventBody } from '@beatloom/core'
import { beforeEach, expect, it, vi } from 'vitest'
import { planRun } from '../api/client.ts'
import type { QuotedNode } from '../api/types.ts'
import { testWorkflow } from '../document/test-graph.ts'
import { progressStore } from './progress-store.ts'
import { quoteStore } from './quote-store.ts'
import { receiveEvent, runStore, showRun } from './run-store.ts'

vi.mock('../api/client.ts', () => ({ planRun: vi.fn() }))

const workflow = testWorkflow()
const quoted = (seconds: Record<string, number>): QuotedNode[] =>
  Object.entries(seconds).map(([node, each]) => ({ node, action: 'run', reason: '', seconds: each }))
const planned = (node: string) => ({ node, action: 'run' as const, reason: '' })

let seq = 0
const tell = (run: string, body: RunEventBody) =>
  receiveEvent({ ...body, run, seq: ++seq, id: seq, time: '2026-01-01T00:00:00Z' })

/** A run whose `photo` is done and whose `blend` is not. */
function begin(run: string): void {
  showRun(run, workflow)
  tell(run, { type: 'run.started', nodes: [planned('photo'), planned('blend')] })
  tell(run, { type: 'node.finished', node: 'photo', seconds: 1 })
}

beforeEach(() => {
  vi.useFakeTimers()
  runStore.setState({ run: null, workflow: null })
  quoteStore.setState({ planned: null, nodes: {} })
  vi.mocked(planRun).mockReset()
})

it('R3: nodes weigh what the server quotes for them, and the quote at hand is used', () => {
  const nodes = Object.fromEntries(quoted({ photo: 1, blend: 9 }).map((node) => [node.node, node]))
  quoteStore.setState({ planned: workflow, nodes })
  begin('of this document')
  vi.runAllTimers()
  expect(progressStore.getState().progress).toMatchObject({ share: 0.1, usualSeconds: 10 })
  // What is edited while it goes on changes the next run, not the measure of this one.
  quoteStore.setState({ nodes: { ...nodes, blend: { ...nodes.blend!, seconds: 1 } } })
  tell('of this document', { type: 'node.progress', node: 'blend', step: 1, steps: 3 })
  vi.runAllTimers()
  expect(progressStore.getState().progress).toMatchObject({ share: 0.4, usualSeconds: 10 })
  expect(planRun).not.toHaveBeenCalled()
})

it('R3: without a quote at hand the server is asked once, and no guess is shown before it answers', async () => {
  vi.mocked(planRun).mockResolvedValue({ issues: [], nodes: quoted({ photo: 3, blend: 1 }) })
  begin('reopened')
  expect(progressStore.getState().progress).toBeNull()
  await vi.runAllTimersAsync()
  expect(progressStore.getState().progress).toMatchObject({ share: 0.75, usualSeconds: 4 })
  expect(planRun).toHaveBeenCalledExactlyOnceWith(workflow, ['photo', 'blend'])
})

it('R3: where the server gives no answer, all nodes count alike', async () => {
  vi.mocked(planRun).mockRejectedValue(new TypeError('fetch failed'))
  begin('unanswered')
  await vi.runAllTimersAsync()
  expect(progressStore.getState().progress?.share).toBe(0.5)
})
