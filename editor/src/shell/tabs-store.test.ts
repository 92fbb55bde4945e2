import { beforeEach, expect, it } from 'vitest'
import { changeTab, isUntouched, moveTab, newTabFacts, tabsStore } from './tabs-store.ts'

const row = () => tabsStore.getState().tabs.map((tab) => tab.id)

beforeEach(() => {
  tabsStore.setState({ tabs: ['a', 'b', 'c'].map((id) => newTabFacts(id, id, 'template')), active: 'a' })
})

it('D5: moves a tab to a place in the row, and no further than its ends', () => {
  moveTab('a', 1)
  expect(row()).toEqual(['b', 'a', 'c'])
  moveTab('a', 9)
  expect(row()).toEqual(['b', 'c', 'a'])
  moveTab('a', -1)
  expect(row()).toEqual(['a', 'b', 'c'])
})

it('D1: only an empty or template tab that nobody touched gives its place', () => {
  const tab = newTabFacts('a', 'a', 'template')
  expect(isUntouched(tab)).toBe(true)
  expect(isUntouched({ ...tab, origin: 'empty' })).toBe(true)
  for (const change of [{ dirty: true }, { edited: true }, { run: 'r' }, { origin: 'file' as const }]) {
    expect(isUntouched({ ...tab, ...change })).toBe(false)
  }
})

it('a change that changes nothing repaints nothing', () => {
  const { tabs } = tabsStore.getState()
  changeTab('a', { dirty: false, title: 'a' })
  expect(tabsStore.getState().tabs).toBe(tabs)
  changeTab('a', { dirty: true })
  expect(tabsStore.getState().tabs[1]).toBe(tabs[1])
})
