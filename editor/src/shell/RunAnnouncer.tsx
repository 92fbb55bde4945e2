import { useText } from '../i18n/index.ts'
import { useRun } from '../run/run-store.ts'
import { useProgress } from '../run/use-progress.ts'

/** Tells screen readers how the run goes: every tenth, and how it ended. */
export function RunAnnouncer() {
  const t = useText()
  const state = useRun((store) => store.run?.state)
  const tenths = Math.floor((useProgress()?.share ?? 0) * 10)
  if (!state) return null
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {t(`runState.${state}`)}
      {state === 'running' && `: ${tenths * 10} %`}
    </p>
  )
}
