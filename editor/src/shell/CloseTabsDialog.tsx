import { AlertDialog } from 'radix-ui'
import { saveToFile } from '../canvas/files/save-file.ts'
import { useText } from '../i18n/index.ts'
import { Button } from '../ui/Button.tsx'
import { activateTab, closeTabs } from './tabs.ts'
import { tabOf, tabsStore, useTabs } from './tabs-store.ts'

const stay = () => tabsStore.setState({ asking: [] })

async function saveAndClose(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    if (!tabOf(id)?.dirty) continue
    await activateTab(id)
    saveToFile()
  }
  await closeTabs(ids)
}

/** Asked once, for however many tabs with unsaved changes are to be closed. */
export function CloseTabsDialog() {
  const t = useText()
  const asking = useTabs((state) => state.asking)
  const tabs = useTabs((state) => state.tabs)
  const titles = tabs
    .filter((tab) => asking.includes(tab.id) && tab.dirty)
    .map((tab) => `“${tab.title || t('document.untitled')}”`)
  const [first] = tabs.filter((tab) => asking.includes(tab.id))
  return (
    <AlertDialog.Root open={asking.length > 0} onOpenChange={(open) => !open && stay()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-shade" />
        <AlertDialog.Content className="dialog question">
          <AlertDialog.Title>
            {asking.length === 1
              ? t('tabs.askOne', { title: first?.title || t('document.untitled') })
              : t('tabs.askMany', { n: asking.length })}
          </AlertDialog.Title>
          <AlertDialog.Description>{t('tabs.askText', { titles: titles.join(', ') })}</AlertDialog.Description>
          <div className="question-answers">
            <AlertDialog.Cancel asChild>
              <Button tone="quiet">{t('tabs.askStay')}</Button>
            </AlertDialog.Cancel>
            <Button onClick={() => void closeTabs(asking)}>{t('tabs.askClose')}</Button>
            <Button tone="primary" onClick={() => void saveAndClose(asking)}>
              {t('tabs.askSave')}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
