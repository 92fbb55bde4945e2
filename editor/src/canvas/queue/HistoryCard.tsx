import { Columns2, Film, Image, Music, RotateCcw, SlidersHorizontal, Terminal, Trash2, Workflow } from 'lucide-react'
import { useState } from 'react'
import { deleteRun, retryRun, thumbnailUrl } from '../../api/client.ts'
import type { PublicOutput, RunSummary } from '../../api/types.ts'
import { workTime } from '../../i18n/format.ts'
import { useText } from '../../i18n/index.ts'
import { errorText } from '../../i18n/issue-text.ts'
import { useRun } from '../../run/run-store.ts'
import { followRun, openRun } from '../../shell/session.ts'
import { IconButton } from '../../ui/Button.tsx'
import { useView } from '../../view/view-store.ts'
import { canvasStore } from '../canvas-store.ts'
import { ResultDialog } from '../run/ResultDialog.tsx'
import { ChangedSettings } from './ChangedSettings.tsx'
import { copyCommandLine } from './copy-command-line.ts'
import { RunState } from './RunState.tsx'
import { restoreFromRun } from './restore-from-run.ts'
import { startTime } from './start-time.ts'
import { useRunAction } from './use-run-action.ts'

interface HistoryCardProps {
  run: RunSummary
  place: number
  total: number
}

/** One run that is over: what it made, what was different, and everything that can be done with it. */
export function HistoryCard({ run, place, total }: HistoryCardProps) {
  const t = useText()
  const language = useView((state) => state.language)
  const shown = useRun((state) => state.run?.id === run.id)
  const act = useRunAction()
  const title = run.title || t('document.untitled')
  return (
    <article
      className="run-card history-card"
      data-state={run.state}
      data-shown={shown}
      aria-label={`${title}, ${t(`runState.${run.state}`)}`}
      aria-posinset={place}
      aria-setsize={total}
    >
      <RunThumb run={run} />
      <div className="history-facts">
        <p className="run-card-title">
          {title}
          {run.seconds !== null && <span> · {workTime(run.seconds)}</span>}
        </p>
        <div className="run-card-line">
          <RunState state={run.state} />
          <time dateTime={run.createdAt}>{startTime(run.createdAt, language)}</time>
        </div>
        <ChangedSettings run={run.id} />
        {run.error && run.state !== 'cancelled' && <p className="run-card-error">{errorText(run.error)}</p>}
      </div>
      <div className="run-card-actions">
        <IconButton label={t('queue.openGraph')} tip="above" onClick={() => act(() => openRun(run.id))}>
          <Workflow size={15} />
        </IconButton>
        <IconButton label={t('history.restore')} tip="above" onClick={() => act(() => restoreFromRun(run.id))}>
          <SlidersHorizontal size={15} />
        </IconButton>
        <IconButton
          label={t('history.compare')}
          tip="above"
          onClick={() => canvasStore.setState({ comparing: run.id })}
        >
          <Columns2 size={15} />
        </IconButton>
        <IconButton
          label={t(run.state === 'done' ? 'queue.retry' : 'queue.retryFailed')}
          tip="above"
          onClick={() => act(async () => followRun((await retryRun(run.id)).id))}
        >
          <RotateCcw size={15} />
        </IconButton>
        <IconButton label={t('queue.copyCommand')} tip="above" onClick={() => act(() => copyCommandLine(run.id))}>
          <Terminal size={15} />
        </IconButton>
        <IconButton label={t('queue.delete')} tip="above" onClick={() => act(() => deleteRun(run.id))}>
          <Trash2 size={15} />
        </IconButton>
      </div>
    </article>
  )
}

const hasPicture = ({ mime = '' }: PublicOutput): boolean => /^(video|image)\//.test(mime)

/** A still of what the run made; a press shows it large. */
function RunThumb({ run }: { run: RunSummary }) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const [broken, setBroken] = useState(false)
  const files = run.outputs.filter((output) => output.file?.url)
  const picture = files.find(hasPicture)
  const Icon = files[0]?.mime?.startsWith('audio/') ? Music : files[0]?.mime?.startsWith('image/') ? Image : Film
  if (files.length === 0) return null
  return (
    <>
      <button type="button" className="run-thumb" aria-label={t('result.show')} onClick={() => setOpen(true)}>
        {picture?.file && !broken ? (
          <img src={thumbnailUrl(picture.file.url)} alt="" loading="lazy" onError={() => setBroken(true)} />
        ) : (
          <Icon size={22} aria-hidden="true" />
        )}
      </button>
      {open && <ResultDialog outputs={files} onClose={() => setOpen(false)} />}
    </>
  )
}
