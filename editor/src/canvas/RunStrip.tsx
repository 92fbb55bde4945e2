import { useEffect } from 'react'
import { percent } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { useRun } from '../run/run-store.ts'
import { useProgress } from '../run/use-progress.ts'
import { ProgressBar } from '../ui/ProgressBar.tsx'

/** The whole run as a thin bar under the toolbar, and in the window's title. */
export function RunStrip() {
  const t = useText()
  const state = useRun((store) => store.run?.state)
  const progress = useProgress()
  const going = state === 'running' || state === 'queued'
  const share = progress?.share ?? 0
  useEffect(() => {
    document.title = going ? `${percent(share)} · Beatloom` : 'Beatloom'
  }, [going, share])
  return going ? (
    <div className="run-strip">
      <ProgressBar share={state === 'queued' ? null : share} label={t('page.progress')} />
    </div>
  ) : null
}
