import { Eye, LoaderCircle, RotateCcw, Split, X } from 'lucide-react'
import { ContextMenu } from 'radix-ui'
import { memo, useState } from 'react'
import { documentStore } from '../document/document-store.ts'
import { setTitle } from '../document/edits.ts'
import { type Translate, useText } from '../i18n/index.ts'
import { shownText } from '../ui/shown-text.ts'
import { TabEntries } from './TabEntries.tsx'
import { activateTab, requestClose } from './tabs.ts'
import { type Tab, tabsStore, useTabs } from './tabs-store.ts'
import { useTabDrag } from './use-tab-drag.ts'

const MIDDLE_BUTTON = 1

/** One tab: its name, what is to be known about it, and a cross. */
export const TabButton = memo(function TabButton({ tab, active }: { tab: Tab; active: boolean }) {
  const t = useText()
  const renaming = useTabs((state) => state.renaming === tab.id)
  const coming = useTabs((state) => state.coming === tab.id)
  const drag = useTabDrag(tab.id)
  const title = shownText(tab.title) || t('document.untitled')
  const marks = [...(coming ? [t('tabs.coming')] : []), ...marksOf(tab, t)]
  const close = () => requestClose([tab.id])
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>
        <div
          className="tab"
          role="presentation"
          data-active={active}
          data-dragging={drag.dragging}
          onAuxClick={(event) => event.button === MIDDLE_BUTTON && close()}
        >
          {renaming ? (
            <TitleField />
          ) : (
            <button
              type="button"
              role="tab"
              className="tab-name"
              data-tab={tab.id}
              aria-selected={active}
              aria-busy={coming}
              aria-label={[title, ...marks].join(', ')}
              aria-description={t('tabs.hint')}
              tabIndex={active ? 0 : -1}
              title={[title, ...marks].join(' · ')}
              onClick={() => void activateTab(tab.id)}
              onDoubleClick={() => void activateTab(tab.id).then(() => tabsStore.setState({ renaming: tab.id }))}
              {...drag.handlers}
            >
              <TabMark tab={tab} coming={coming} />
              <bdi className="tab-title">{title}</bdi>
              {tab.dirty && <span className="tab-dot" aria-hidden="true" />}
            </button>
          )}
          {/* For the pointer alone: with the keyboard it is Delete, and the menu has it in words. */}
          <button
            type="button"
            className="tab-close"
            tabIndex={-1}
            aria-hidden="true"
            title={t('tabs.close', { title })}
            onClick={close}
          >
            <X size={14} />
          </button>
        </div>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu">
          <TabEntries tab={tab} item={ContextMenu.Item} line={ContextMenu.Separator} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
})

const isGoing = (tab: Tab): boolean => tab.runState === 'running' || tab.runState === 'queued'

/** What a tab's marks say, in words. */
function marksOf(tab: Tab, t: Translate): string[] {
  return [
    ...(tab.dirty ? [t('tabs.unsaved')] : []),
    ...(tab.recovered ? [t('tabs.recovered')] : []),
    ...(tab.elsewhere ? [t('tabs.viewOnly')] : []),
    ...(tab.conflict ? [t('tabs.conflict')] : []),
    ...(isGoing(tab) ? [t(tab.runState === 'running' ? 'tabs.running' : 'tabs.queued')] : []),
  ]
}

function TabMark({ tab, coming }: { tab: Tab; coming: boolean }) {
  if (coming) return <LoaderCircle className="tab-mark tab-running" data-state="running" size={14} />
  if (isGoing(tab)) return <LoaderCircle className="tab-mark tab-running" data-state={tab.runState} size={14} />
  if (tab.conflict) return <Split className="tab-mark" data-tone="warn" size={14} />
  if (tab.elsewhere) return <Eye className="tab-mark" size={14} />
  if (tab.recovered) return <RotateCcw className="tab-mark" data-tone="warn" size={13} />
  return null
}

function TitleField() {
  const t = useText()
  const { title } = documentStore.getState().workflow
  const [text, setText] = useState(title)
  const close = () => tabsStore.setState({ renaming: null })
  return (
    <input
      className="tab-field"
      aria-label={t('tabs.rename')}
      // biome-ignore lint/a11y/noAutofocus: the field appears because a person asked to type here.
      autoFocus
      value={text}
      placeholder={t('document.untitled')}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        if (text.trim() !== title) documentStore.getState().edit(setTitle(text.trim()))
        close()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') close()
      }}
    />
  )
}
