import { CircleCheck } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { workTime } from '../../i18n/format.ts'
import { useText } from '../../i18n/index.ts'
import { resultFiles } from '../../run/result-files.ts'
import { useRun } from '../../run/run-store.ts'
import { useDescriptors } from '../../view/catalog-store.ts'
import { canvasStore, useCanvas } from '../canvas-store.ts'
import { useKeyText } from '../keys/key-bindings.ts'
import { ResultDialog } from './ResultDialog.tsx'

const close = () => canvasStore.setState({ dialog: null })

/** After a run that made a file: a way to look at it without searching the graph. */
export function ResultButton() {
  const t = useText()
  const keys = useKeyText('showResult')
  const open = useCanvas((state) => state.dialog === 'result')
  const run = useRun((state) => (state.run?.state === 'done' ? state.run : null))
  const workflow = useRun((state) => state.workflow)
  const descriptors = useDescriptors()
  const files = useMemo(() => resultFiles(run, workflow, descriptors), [run, workflow, descriptors])
  const isThere = run !== null && files.length > 0
  // A run that begins meanwhile, wherever, takes the result away; the dialog must not wait for it unseen.
  useEffect(() => {
    if (open && !isThere) close()
  }, [open, isThere])
  if (!isThere) return null
  return (
    <>
      <button
        type="button"
        className="run-share run-result"
        title={`${t('result.show')}  ${keys}`}
        onClick={() => canvasStore.setState({ dialog: 'result' })}
      >
        <CircleCheck size={15} aria-hidden="true" />
        <span>{t('result.show')}</span>
        {run.seconds !== null && <span className="run-left">{workTime(run.seconds)}</span>}
      </button>
      {open && <ResultDialog outputs={files} onClose={close} />}
    </>
  )
}
