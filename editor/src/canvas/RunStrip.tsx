import { useText } from '../i18n/index.ts'
import { useProgress } from '../run/progress-store.ts'
import { useRun } from '../run/run-store.ts'
import { ProgressBar } from '../ui/ProgressBar.tsx'

/** The whole run as a thin bar under the toolbar. */
export function RunStrip() {
  const state = useRun((store) => store.run?.state)
  return state === 'running' || state === 'queued' ? <Bar queued={state === 'queued'} /> : null
}

function Bar({ queued }: { queued: boolean }) {
  const t = useText()
  const share = useProgress()?.share ?? 0
  return (
    <div className="run-strip">
      <ProgressBar share={queued ? null : share} label={t('page.progress')} />
    </div>
  )
}
