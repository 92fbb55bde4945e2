import { expect, it } from 'vitest'
import { testWorkflow } from '../document/test-graph.ts'
import { receiveEvent } from '../run/run-store.ts'
import { showRunIn } from './tab-runs.ts'
import { newTabFacts, tabOf, tabsStore } from './tabs-store.ts'

const at = { run: 'early', time: '2026-01-01T00:00:00Z' }

it('D5: a tab left before its run had a number knows what the stream told until then', () => {
  const [front, behind] = ['front', 'behind'].map((id) => newTabFacts(id, id, 'empty'))
  tabsStore.setState({ tabs: [front!, behind!], active: 'front' })
  receiveEvent({ ...at, type: 'run.queued', seq: 1, id: 1 })
  receiveEvent({ ...at, type: 'run.started', seq: 2, id: 2, nodes: [] })
  showRunIn('behind', 'early', testWorkflow(), [])
  expect(tabOf('behind')).toMatchObject({ run: 'early', runState: 'running' })
})
