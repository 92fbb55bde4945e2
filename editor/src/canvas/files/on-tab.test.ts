import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { documentStore, EMPTY_WORKFLOW } from '../../document/document-store.ts'
import { holdTab } from '../../shell/held-tabs.ts'
import { becomeCopy } from '../../shell/tabs.ts'
import { newTabFacts, tabsStore } from '../../shell/tabs-store.ts'
import { onTab } from './on-tab.ts'

beforeEach(() => {
  vi.useFakeTimers()
  tabsStore.setState({ tabs: ['a', 'b'].map((id) => newTabFacts(id, id, 'file')), active: 'a' })
  documentStore.getState().open(EMPTY_WORKFLOW, 'a')
})
afterEach(() => vi.useRealTimers())

const show = (id: string) => {
  tabsStore.setState({ active: id })
  documentStore.getState().open(EMPTY_WORKFLOW, id)
  vi.advanceTimersByTime(1)
}

it('work waits for its tab, and is dropped with it', () => {
  const [forB, forGone] = [vi.fn(), vi.fn()]
  expect(onTab(holdTab('b'), forB)).toBe(false)
  expect(onTab(holdTab('gone'), forGone)).toBe(false)
  show('b')
  expect(forB).toHaveBeenCalledOnce()
  show('gone')
  expect(forGone).not.toHaveBeenCalled()
})

it('what was meant for a tab comes to the copy that it became, and not to the document it left', () => {
  documentStore.setState({ readOnly: true })
  const tab = holdTab('a')
  const early = vi.fn()
  expect(onTab(tab, early, 'writable'), 'another window writes it').toBe(false)
  vi.advanceTimersByTime(1)
  expect(early).not.toHaveBeenCalled()
  becomeCopy('a')
  vi.advanceTimersByTime(1)
  const copy = documentStore.getState().draftId
  expect(copy).not.toBe('a')
  expect(early, 'what came before the copy was made').toHaveBeenCalledOnce()
  const late = vi.fn()
  expect(onTab(tab, late), 'what comes when it is made').toBe(true)
  tabsStore.setState(({ tabs }) => ({ tabs: [...tabs, newTabFacts('a', 'a', 'draft')] }))
  const other = vi.fn()
  expect(onTab(holdTab('a'), other), 'the document itself, opened again').toBe(false)
  expect(onTab(holdTab(copy), other)).toBe(true)
  expect(holdTab(copy)).toBe(tab)
})
