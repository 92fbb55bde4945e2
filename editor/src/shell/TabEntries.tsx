import type { ElementType } from 'react'
import { commandById } from '../canvas/commands.ts'
import { isMac, keyText } from '../canvas/keys/key-match.ts'
import { useText } from '../i18n/index.ts'
import { activateTab, reopenClosed, requestClose } from './tabs.ts'
import { moveTab, type Tab, tabsStore, useTabs } from './tabs-store.ts'

export const keysOf = (id: string): string => keyText(commandById(id).keys[0] ?? '', isMac())

/** What can be done with a tab; the same in its own menu and in the row's. */
export function TabEntries({ tab, item: Item, line: Line }: { tab: Tab; item: ElementType; line: ElementType }) {
  const t = useText()
  const tabs = useTabs((state) => state.tabs)
  const closed = useTabs((state) => state.closed.length)
  const at = tabs.findIndex((one) => one.id === tab.id)
  const others = tabs.filter((one) => one.id !== tab.id).map((one) => one.id)
  // The menu gives the focus back when it closes; what opens a field or a question waits for that.
  const later = (work: () => void) => () => setTimeout(work, 30)
  return (
    <>
      <Item
        className="menu-item"
        onSelect={later(() => void activateTab(tab.id).then(() => tabsStore.setState({ renaming: tab.id })))}
      >
        {t('command.renameTab')}
        <kbd className="menu-tail">F2</kbd>
      </Item>
      <Item className="menu-item" disabled={at <= 0} onSelect={() => moveTab(tab.id, at - 1)}>
        {t('tabs.moveLeft')}
        <kbd className="menu-tail">{keyText('Ctrl+Shift+ArrowLeft', isMac())}</kbd>
      </Item>
      <Item className="menu-item" disabled={at >= tabs.length - 1} onSelect={() => moveTab(tab.id, at + 1)}>
        {t('tabs.moveRight')}
        <kbd className="menu-tail">{keyText('Ctrl+Shift+ArrowRight', isMac())}</kbd>
      </Item>
      <Line className="menu-line" />
      <Item className="menu-item" onSelect={later(() => requestClose([tab.id]))}>
        {t('command.closeTab')}
        <kbd className="menu-tail">{keysOf('closeTab')}</kbd>
      </Item>
      <Item className="menu-item" disabled={others.length === 0} onSelect={later(() => requestClose(others))}>
        {t('command.closeOthers')}
      </Item>
      <Item className="menu-item" disabled={closed === 0} onSelect={() => void reopenClosed()}>
        {t('command.reopenTab')}
        <kbd className="menu-tail">{keysOf('reopenTab')}</kbd>
      </Item>
    </>
  )
}
