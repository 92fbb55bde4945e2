import { Square } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { useQuote } from '../run/quote-store.ts'
import { useRun } from '../run/run-store.ts'
import { isOver } from '../run/run-view.ts'
import { useProblems } from '../shell/problem-store.ts'
import { cancelCurrentRun } from '../shell/session.ts'
import { IconButton } from '../ui/Button.tsx'
import { ProblemList } from './run/ProblemList.tsx'
import { RefusedRun } from './run/RefusedRun.tsx'
import { ResultButton } from './run/ResultButton.tsx'
import { RunButton } from './run/RunButton.tsx'
import { RunFailed } from './run/RunFailed.tsx'
import { RunStatus } from './run/RunStatus.tsx'

/** Run, or what stands in the way; while running how far it is, and Cancel. */
export function RunControls() {
  const errors = useProblems().filter((issue) => issue.severity === 'error')
  const { quote } = useQuote()
  const going = useRun((state) => state.run !== null && !isOver(state.run.state))
  return (
    <>
      {going && <RunStatus />}
      <ResultButton />
      {!going && <RunFailed />}
      {going && <CancelButton />}
      {errors.length > 0 ? (
        <ProblemList issues={errors} />
      ) : quote?.refusal ? (
        <RefusedRun refusal={quote.refusal} />
      ) : (
        <RunButton brief={going} />
      )}
    </>
  )
}

function CancelButton() {
  const t = useText()
  const cancelling = useRun((state) => state.cancelling)
  return (
    <IconButton
      className="run-cancel"
      label={t(cancelling ? 'run.cancelling' : 'run.cancel')}
      disabled={cancelling}
      onClick={() => void cancelCurrentRun()}
    >
      <Square size={14} fill="currentColor" />
    </IconButton>
  )
}
