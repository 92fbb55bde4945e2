import { Check } from 'lucide-react'
import { percent, workTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { MovingPreview } from '../previews/MovingPreview.tsx'
import type { PhaseProgress } from '../run/progress.ts'
import { useRun } from '../run/run-store.ts'
import { useElapsed } from '../run/use-elapsed.ts'
import { useProgress } from '../run/progress-store.ts'
import { cancelCurrentRun } from '../shell/session.ts'
import { Button } from '../ui/Button.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'

/** A run under way: the phases, the bar, the picture as it forms, and the way out. */
export function RunProgress() {
  const t = useText()
  const progress = useProgress()
  const queued = useRun((state) => state.run?.state === 'queued')
  const cancelling = useRun((state) => state.cancelling)
  const preview = useRun((state) => Object.values(state.run?.previews ?? {}).at(-1))
  const elapsed = useElapsed()
  return (
    <div className="run-progress">
      <div className="stage" data-live={preview !== undefined}>
        {preview ? <MovingPreview preview={preview} label={t('page.preview')} /> : <WaitingBars />}
      </div>
      <ProgressBar share={progress && !queued ? progress.share : null} label={t('page.progress')} />
      <div className="run-line" role="status">
        <span>{queued ? t('page.queued') : percent(progress?.share ?? 0)}</span>
        {elapsed !== null && <span>{workTime(elapsed)}</span>}
      </div>
      <ol className="phases">
        {progress?.phases.map((phase) => (
          <PhaseLine key={phase.phase} phase={phase} />
        ))}
      </ol>
      <Button tone="plain" disabled={cancelling} onClick={() => void cancelCurrentRun()}>
        {t(cancelling ? 'run.cancelling' : 'run.cancel')}
      </Button>
    </div>
  )
}

function PhaseLine({ phase }: { phase: PhaseProgress }) {
  const t = useText()
  return (
    <li data-state={phase.state} aria-current={phase.state === 'active' ? 'step' : undefined}>
      <span className="phase-dot" aria-hidden="true">
        {phase.state === 'done' && <Check size={12} strokeWidth={3} />}
      </span>
      <span>{t(`phase.${phase.phase}`)}</span>
      {phase.state === 'active' && phase.steps !== null && (
        <span className="phase-step">{t('run.step', { n: phase.step ?? 0, m: phase.steps })}</span>
      )}
    </li>
  )
}

function WaitingBars() {
  return (
    <span className="opening-mark" aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
  )
}
