import { useQuery } from '@tanstack/react-query'
import { getRunChanges } from '../../api/client.ts'
import { useText } from '../../i18n/index.ts'
import { useDescriptors } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { settingText } from './setting-text.ts'

const MOST_SHOWN = 3

/** The settings in which a run differs from the one before of the same title. */
export function ChangedSettings({ run }: { run: string }) {
  const t = useText()
  const language = useView((state) => state.language)
  const descriptors = useDescriptors()
  const changes = useQuery({
    queryKey: ['run-changes', run],
    queryFn: () => getRunChanges(run),
    // What two finished runs were asked for never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!changes.data?.previous) return null
  const { changes: list, rewired } = changes.data
  if (list.length === 0 && !rewired) return <p className="run-changes">{t('history.sameSettings')}</p>
  const more = list.length - MOST_SHOWN
  return (
    <ul className="run-changes" aria-label={t('history.changes')}>
      {list.slice(0, MOST_SHOWN).map((change) => {
        const { name, before, after } = settingText(change, descriptors, t, language)
        return (
          <li key={`${change.node}.${change.param}`}>
            {name} <s>{before}</s> <b>{after}</b>
          </li>
        )
      })}
      {more > 0 && <li>{t('history.more', { n: more })}</li>}
      {rewired && <li>{t('history.rewired')}</li>}
    </ul>
  )
}
