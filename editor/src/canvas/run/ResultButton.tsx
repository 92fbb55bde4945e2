import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { workTime } from '../../i18n/format.ts'
import { useText } from '../../i18n/index.ts'
import { useRun } from '../../run/run-store.ts'
import { ResultDialog } from './ResultDialog.tsx'

/** After a run that made a file: a way to look at it without searching the graph. */
export function ResultButton() {
  const t = useText()
  const [open, setOpen] = useState(false)
  const done = useRun((state) => state.run?.state === 'done')
  const outputs = useRun((state) => state.run?.outputs)
  const seconds = useRun((state) => state.run?.seconds ?? null)
  const files = outputs?.filter((output) => output.file) ?? []
  if (!done || files.length === 0) return null
  return (
    <>
      <button type="button" className="run-share run-result" onClick={() => setOpen(true)}>
        <CircleCheck size={15} aria-hidden="true" />
        <span>{t('result.show')}</span>
        {seconds !== null && <span className="run-left">{workTime(seconds)}</span>}
      </button>
      {open && <ResultDialog outputs={files} onClose={() => setOpen(false)} />}
    </>
  )
}
