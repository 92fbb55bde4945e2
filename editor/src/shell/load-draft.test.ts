import { expect, it, vi } from 'vitest'
import { documentStore } from '../document/document-store.ts'
import { EMPTY_HISTORY, undo } from '../document/history.ts'
import { testWorkflow } from '../document/test-graph.ts'
import { loadDraft, replaced, whichCounts } from './load-draft.ts'

const kept = vi.hoisted(() => ({ mine: null as unknown, theirs: null as unknown }))
vi.mock('./draft-storage.ts', async (original) => ({
  ...(await original<object>()),
  readLocalDraft: async () => kept.mine,
  writeDraftSync: async () => undefined,
}))
vi.mock('../api/client.ts', async (original) => ({ ...(await original<object>()), getDraft: async () => kept.theirs }))

const at = (minute: number): string => `2026-01-01T00:0${minute}:00.000Z`

it('D4: a draft that went on in two places is told about; one that was only sent on is taken', () => {
  const sent = { edited: true, savedAt: at(1), sync: { revision: 3, of: at(1) } }
  const unsent = { ...sent, savedAt: at(2) }
  const phone = { writer: 'phone', savedAt: at(3) }
  expect(whichCounts(sent, phone)).toBe('theirs')
  expect(whichCounts({ ...unsent, edited: false }, phone)).toBe('theirs')
  expect(whichCounts(unsent, phone)).toBe('both')
  // This window has no name in a test, and neither has the writer.
  expect(whichCounts(unsent, { writer: '', savedAt: at(1) })).toBe('mine')
  expect(whichCounts(unsent, { writer: '', savedAt: at(4) })).toBe('theirs')
})

it('D4: taking the other version is one step, and undo brings back the own one', () => {
  const mine = testWorkflow()
  documentStore.getState().open(mine, 'd')
  const theirs = { ...testWorkflow(), title: 'Theirs' }
  const history = replaced({ workflow: mine, history: EMPTY_HISTORY }, theirs)
  const back = undo(theirs, history)
  expect(back?.state).toEqual(mine)
  expect(back?.history.past).toHaveLength(0)
})

it('D3: when only the answer to the own write was lost, there is nothing new to undo', async () => {
  const workflow = testWorkflow()
  const mine = { edited: true, savedAt: at(2), sync: { revision: 1, of: at(1) }, view: null, run: null }
  kept.mine = { ...mine, workflow, savedWorkflow: workflow, history: EMPTY_HISTORY }
  const theirs = { id: 'd', title: '', savedAt: at(2), revision: 2, writer: '' }
  kept.theirs = { ...theirs, workflow: structuredClone(workflow) }
  expect((await loadDraft('d')).history.past).toHaveLength(0)
  kept.theirs = { ...theirs, workflow: { ...structuredClone(workflow), title: 'Theirs' } }
  expect((await loadDraft('d')).history.past).toHaveLength(1)
})
