import type { RunState } from '@beatloom/core'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { DraftSummary } from '../api/types.ts'

/** What a tab was opened from. */
export type TabOrigin = 'template' | 'empty' | 'file' | 'run' | 'draft'

export interface Tab {
  /** The draft it keeps its document in. */
  id: string
  title: string
  origin: TabOrigin
  /** Differs from what was last saved or opened. */
  dirty: boolean
  /** Somebody changed something since it was opened. */
  edited: boolean
  /** The run whose results it shows. */
  run: string | null
  runState: RunState | null
  /** Came back with unsaved changes after a crash. */
  recovered: boolean
  /** Why nothing can be changed here: another window writes it, or took it over. */
  elsewhere: 'open' | 'taken' | null
  /** Somebody else's version on the server, which this one did not grow from. */
  conflict: DraftSummary | null
}

export interface TabsState {
  tabs: Tab[]
  active: string
  /** Tabs closed lately, the last one last. */
  closed: { tab: Tab; index: number }[]
  /** Tabs with unsaved changes that somebody wants to close. */
  asking: string[]
  /** The tab whose title is being typed. */
  renaming: string | null
  /** The tab whose draft is being read for the screen. */
  coming: string | null
}

export const tabsStore = createStore<TabsState>(() => ({
  tabs: [],
  active: '',
  closed: [],
  asking: [],
  renaming: null,
  coming: null,
}))

export function useTabs<T>(selector: (state: TabsState) => T): T {
  return useStore(tabsStore, selector)
}

export const tabOf = (id: string): Tab | undefined => tabsStore.getState().tabs.find((tab) => tab.id === id)
export const activeTab = (): Tab | undefined => tabOf(tabsStore.getState().active)
export const useActiveTab = (): Tab | undefined => useTabs(({ tabs, active }) => tabs.find((tab) => tab.id === active))

/** Longer titles stay whole in their documents; here they would be carried about with every change. */
const MOST_TITLE = 200
export const tabTitle = (title: string): string => title.slice(0, MOST_TITLE)

export const newTabFacts = (id: string, title: string, origin: TabOrigin): Tab => ({
  id,
  title: tabTitle(title),
  origin,
  dirty: false,
  edited: false,
  run: null,
  runState: null,
  recovered: false,
  elsewhere: null,
  conflict: null,
})

/** A tab nobody did anything in, which what is opened next may take. */
export const isUntouched = (tab: Tab): boolean =>
  !tab.edited && !tab.dirty && tab.run === null && (tab.origin === 'template' || tab.origin === 'empty')

export function changeTab(id: string, change: Partial<Tab>): void {
  const tab = tabOf(id)
  if (!tab || !differs(tab, change)) return
  tabsStore.setState(({ tabs }) => ({ tabs: tabs.map((one) => (one.id === id ? { ...one, ...change } : one)) }))
}

const differs = (tab: Tab, change: Partial<Tab>): boolean =>
  Object.entries(change).some(([key, value]) => tab[key as keyof Tab] !== value)

/** Moves a tab to a place in the row. */
export function moveTab(id: string, to: number): void {
  const { tabs } = tabsStore.getState()
  const from = tabs.findIndex((tab) => tab.id === id)
  const place = Math.max(0, Math.min(tabs.length - 1, to))
  if (from < 0 || from === place) return
  const rest = tabs.toSpliced(from, 1)
  tabsStore.setState({ tabs: rest.toSpliced(place, 0, tabs[from]!) })
}
