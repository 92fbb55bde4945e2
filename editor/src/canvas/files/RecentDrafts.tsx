import { useQuery } from '@tanstack/react-query'
import { listDrafts } from '../../api/client.ts'
import { documentStore } from '../../document/document-store.ts'
import { localeOf } from '../../i18n/format.ts'
import { useText } from '../../i18n/index.ts'
import { localDrafts } from '../../shell/draft-storage.ts'
import { openDraft } from '../../shell/session.ts'
import { shownText } from '../../ui/shown-text.ts'
import { useView } from '../../view/view-store.ts'

const MOST_SHOWN = 12

/** What somebody worked on lately, here or on another device. */
export function RecentDrafts({ onOpen }: { onOpen(work: () => Promise<unknown>): void }) {
  const t = useText()
  const language = useView((state) => state.language)
  const remote = useQuery({ queryKey: ['drafts'], queryFn: listDrafts, retry: false })
  const current = documentStore.getState().draftId
  const here = localDrafts()
  const known = new Set(here.map((draft) => draft.id))
  const elsewhere = (remote.data ?? []).filter((draft) => !known.has(draft.id))
  const drafts = [...here.filter((draft) => draft.edited), ...elsewhere]
    .filter((draft) => draft.id !== current)
    .sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))
    .slice(0, MOST_SHOWN)
  if (drafts.length === 0) return null
  const date = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <section>
      <h3>{t('open.recent')}</h3>
      <ul className="draft-list">
        {drafts.map(({ id, title, savedAt }) => (
          <li key={id}>
            <button type="button" onClick={() => onOpen(() => openDraft(id))}>
              <strong>
                <bdi>{shownText(title) || t('document.untitled')}</bdi>
              </strong>
              <time dateTime={savedAt}>{date.format(new Date(savedAt))}</time>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
