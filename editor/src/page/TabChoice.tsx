import { useText } from '../i18n/index.ts'
import { galleryText } from '../i18n/node-text.ts'
import { activateTab } from '../shell/tabs.ts'
import { useTabs } from '../shell/tabs-store.ts'
import { Picker } from '../ui/Picker.tsx'
import { shownText } from '../ui/shown-text.ts'
import { useView } from '../view/view-store.ts'

const MOST_LETTERS = 60

/** The other open workflows; the graph shows them as tabs. */
export function TabChoice() {
  const t = useText()
  const language = useView((state) => state.language)
  const tabs = useTabs((state) => state.tabs)
  const active = useTabs((state) => state.active)
  return (
    <Picker
      label={t('page.openWorkflows')}
      value={active}
      face={t('page.openCount', { n: tabs.length })}
      options={tabs.map(({ id, title }) => ({
        value: id,
        label: shownText(galleryText(title, language), MOST_LETTERS) || t('document.untitled'),
      }))}
      onChange={(id) => void activateTab(id)}
    />
  )
}
