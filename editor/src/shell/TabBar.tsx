import { ChevronDown, Plus } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useEffect, useRef } from 'react'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'
import { shownText } from '../ui/shown-text.ts'
import '../styles/tabs.css'
import { CloseTabsDialog } from './CloseTabsDialog.tsx'
import { TabButton } from './TabButton.tsx'
import { keysOf, TabEntries } from './TabEntries.tsx'
import { activateTab, newTab, requestClose } from './tabs.ts'
import { moveTab, tabsStore, useActiveTab, useTabs } from './tabs-store.ts'

/** The open documents in a row: one is reached by Tab, the arrows move along it. */
export function TabBar() {
  const t = useText()
  const tabs = useTabs((state) => state.tabs)
  const active = useTabs((state) => state.active)
  const row = useRef<HTMLDivElement>(null)
  const count = tabs.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab on screen, or one more, scrolls the row.
  useEffect(() => {
    row.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [active, count])
  return (
    <div className="tab-bar">
      <div
        ref={row}
        className="tab-row"
        role="tablist"
        aria-label={t('tabs.label')}
        aria-orientation="horizontal"
        onKeyDown={(event) => onKeyDown(event)}
        onWheel={(event) => {
          if (event.deltaX === 0 && row.current) row.current.scrollLeft += event.deltaY
        }}
      >
        {tabs.map((tab) => (
          <TabButton key={tab.id} tab={tab} active={tab.id === active} />
        ))}
      </div>
      <IconButton label={t('command.newTab')} keys={keysOf('newTab')} onClick={newTab}>
        <Plus size={16} />
      </IconButton>
      <MoreMenu />
      <CloseTabsDialog />
    </div>
  )
}

function MoreMenu() {
  const t = useText()
  const tabs = useTabs((state) => state.tabs)
  const tab = useActiveTab()
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <IconButton label={t('tabs.more')}>
          <ChevronDown size={16} />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu tab-menu" align="end" sideOffset={4}>
          <DropdownMenu.RadioGroup value={tab?.id ?? ''} onValueChange={(id) => void activateTab(id)}>
            {tabs.map(({ id, title, dirty }) => (
              <DropdownMenu.RadioItem key={id} className="menu-item" value={id}>
                <bdi className="tab-menu-title">{shownText(title) || t('document.untitled')}</bdi>
                {dirty && <span className="tab-dot" role="img" aria-label={t('tabs.unsaved')} />}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-line" />
          {tab && <TabEntries tab={tab} item={DropdownMenu.Item} line={DropdownMenu.Separator} />}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** Keys of the row; they stop here, for the canvas means others by them. */
function onKeyDown(event: React.KeyboardEvent<HTMLElement>): void {
  const id = (event.target as HTMLElement).closest<HTMLElement>('[role=tab]')?.dataset.tab
  const { tabs } = tabsStore.getState()
  const at = tabs.findIndex((tab) => tab.id === id)
  if (id === undefined || at < 0) return
  const moves = event.ctrlKey && event.shiftKey
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
  const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
  const ends: Record<string, number> = { Home: 0, End: tabs.length - 1 }
  if (step !== 0 && moves) moveTab(id, at + step)
  else if (step !== 0 && plain) focusTab((at + step + tabs.length) % tabs.length)
  else if (plain && event.key in ends) focusTab(ends[event.key] ?? 0)
  else if (plain && event.key === 'Delete') requestClose([id])
  else if (plain && event.key === 'F2') void activateTab(id).then(() => tabsStore.setState({ renaming: id }))
  else if (plain && (event.key === 'Enter' || event.key === ' ')) void activateTab(id)
  else return
  event.preventDefault()
  event.stopPropagation()
  // A tab that moved keeps the focus.
  if (moves) requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-tab="${id}"]`)?.focus())
}

function focusTab(index: number): void {
  const id = tabsStore.getState().tabs[index]?.id
  if (!id) return
  document.querySelector<HTMLElement>(`[data-tab="${id}"]`)?.focus()
  void activateTab(id)
}
