import { Ban, Workflow } from 'lucide-react'
import { cancelRun } from '../../api/client.ts'
import type { RunSummary } from '../../api/types.ts'
import { percent } from '../../i18n/format.ts'
import { useText } from '../../i18n/index.ts'
import { useProgress } from '../../run/progress-store.ts'
import { useRun } from '../../run/run-store.ts'
import { openRun } from '../../shell/session.ts'
import { IconButton } from '../../ui/Button.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { RunState } from './RunState.tsx'
import { useRunAction } from './use-run-action.ts'

/** The run that is going on. */
export function RunningCard({ run }: { run: RunSummary }) {
  const t = useText()
  const act = useRunAction()
  const shown = useRun((state) => state.run?.id === run.id)
  const title = run.title || t('document.untitled')
  return (
    <article
      className="run-card"
      data-state="running"
      data-shown={shown}
      aria-label={`${title}, ${t('runState.running')}`}
    >
      <div className="run-card-line">
        <RunState state="running" />
        {shown && <ShownShare />}
      </div>
      <p className="run-card-title">{title}</p>
      {shown && <ShownBar />}
      <div className="run-card-actions">
        <IconButton label={t('queue.openGraph')} tip="above" onClick={() => act(() => openRun(run.id))}>
          <Workflow size={15} />
        </IconButton>
        <IconButton label={t('run.cancel')} tip="above" onClick={() => act(() => cancelRun(run.id))}>
          <Ban size={15} />
        </IconButton>
      </div>
    </article>
  )
}

/** The page follows one run's events; of that one the share is known. */
function ShownShare() {
  const share = useProgress()?.share ?? 0
  return <span>{percent(share)}</span>
}

function ShownBar() {
  const t = useText()
  const share = useProgress()?.share ?? 0
  return <ProgressBar share={share} label={t('page.progress')} />
}
