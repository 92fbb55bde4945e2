import { activateTab, newTab, reopenClosed, requestClose } from '../../shell/tabs.ts'
import { tabsStore } from '../../shell/tabs-store.ts'
import type { CanvasCommand } from './command.ts'

const others = (): string[] => {
  const { tabs, active } = tabsStore.getState()
  return tabs.flatMap(({ id }) => (id === active ? [] : [id]))
}

const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

/** The row of tabs. The ninth key goes to the last tab where there are more. */
export const TAB_COMMANDS: readonly CanvasCommand[] = [
  { id: 'newTab', label: 'command.newTab', keys: ['Alt+N'], goesToTab: true, run: () => void newTab() },
  {
    id: 'closeTab',
    label: 'command.closeTab',
    keys: ['Alt+W'],
    run: () => requestClose([tabsStore.getState().active]),
  },
  {
    id: 'closeOthers',
    label: 'command.closeOthers',
    keys: [],
    possible: () => others().length > 0,
    run: () => requestClose(others()),
  },
  {
    id: 'reopenTab',
    label: 'command.reopenTab',
    keys: ['Alt+Shift+W'],
    possible: () => tabsStore.getState().closed.length > 0,
    goesToTab: true,
    run: () => void reopenClosed(),
  },
  {
    id: 'renameTab',
    label: 'command.renameTab',
    keys: [],
    run: () => tabsStore.setState(({ active }) => ({ renaming: active })),
  },
  ...NUMBERS.map((n): CanvasCommand => {
    const wanted = () => {
      const { tabs } = tabsStore.getState()
      return n === 9 ? tabs.at(-1) : tabs[n - 1]
    }
    return {
      id: `tab${n}`,
      label: `goToTab.${n}`,
      keys: [`Alt+${n}`],
      possible: () => wanted() !== undefined,
      goesToTab: true,
      run: () => void activateTab(wanted()?.id ?? ''),
    }
  }),
]
