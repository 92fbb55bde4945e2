import { useMutation, useQuery } from '@tanstack/react-query'
import { Ban, Check, CircleAlert, Clock3, LoaderCircle, RotateCcw, Trash2, Unplug, Workflow, X } from 'lucide-react'
import { cancelRun, deleteRun, listRuns, retryRun } from '../api/client.ts'
import type { RunSummary } from '../api/types.ts'
import { workTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { errorText } from '../i18n/issue-text.ts'
import { NodeVideo } from '../previews/NodeVideo.tsx'
import { useRun } from '../run/run-store.ts'
import { isOver } from '../run/run-view.ts'
import { queryClient } from '../shell/query-client.ts'
import { followRun, openRun } from '../shell/session.ts'
import { IconButton } from '../ui/Button.tsx'
import { toast, togglePanel, useView } from '../view/view-store.ts'

const ICONS = {
  queued: Clock3,
  running: LoaderCircle,
  done: Check,
  failed: CircleAlert,
  cancelled: Ban,
  interrupted: Unplug,
}

/** All runs, newest first: waiting, running, and what was made. */
export function QueuePanel() {
  const t = useText()
  const runs = useQuery({ queryKey: ['runs'], queryFn: () => listRuns() })
  const going = runs.data?.filter((run) => !isOver(run.state)) ?? []
  const over = runs.data?.filter((run) => isOver(run.state)) ?? []
  return (
    <aside className="panel" aria-label={t('queue.title')}>
      <header className="panel-head">
        <h2>{t('queue.title')}</h2>
        <IconButton label={t('app.close')} onClick={() => togglePanel('queue')}>
          <X size={16} />
        </IconButton>
      </header>
      <div className="panel-body">
        {runs.isError && <p className="panel-empty">{(runs.error as Error).message}</p>}
        {runs.data?.length === 0 && <p className="panel-empty">{t('queue.empty')}</p>}
        {going.length > 0 && <h3>{t('queue.now')}</h3>}
        {going.map((run) => (
          <RunCard key={run.id} run={run} />
        ))}
        {over.length > 0 && <h3>{t('queue.history')}</h3>}
        {over.map((run) => (
          <RunCard key={run.id} run={run} />
        ))}
      </div>
    </aside>
  )
}

function RunCard({ run }: { run: RunSummary }) {
  const t = useText()
  const language = useView((state) => state.language)
  const shown = useRun((state) => state.run?.id === run.id)
  const Icon = ICONS[run.state]
  const media = run.outputs.find((output) => output.file)
  const over = isOver(run.state)
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onError: (error) => toast(error.message, 'error'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['runs'] }),
  })
  return (
    <article
      className="run-card"
      data-state={run.state}
      data-shown={shown}
      aria-label={`${run.title}, ${t(`runState.${run.state}`)}`}
    >
      {media?.file && media.mime?.startsWith('video/') && <NodeVideo src={media.file.url} name={media.file.name} />}
      {media?.file && media.mime?.startsWith('image/') && <img src={media.file.url} alt={media.file.name} />}
      <div className="run-card-line">
        <span className="run-card-state" data-state={run.state}>
          <Icon size={14} aria-hidden="true" />
          {t(`runState.${run.state}`)}
        </span>
        <time dateTime={run.createdAt}>{startTime(run.createdAt, language)}</time>
      </div>
      <p className="run-card-title">
        {run.title || t('document.untitled')}
        {run.seconds !== null && run.seconds !== undefined && <span> · {workTime(run.seconds)}</span>}
      </p>
      {run.error && run.state !== 'cancelled' && <p className="run-card-error">{errorText(run.error, t, language)}</p>}
      <div className="run-card-actions">
        <IconButton label={t('queue.openGraph')} tip="above" onClick={() => act.mutate(() => openRun(run.id))}>
          <Workflow size={15} />
        </IconButton>
        {over ? (
          <IconButton
            label={t('queue.retry')}
            tip="above"
            onClick={() => act.mutate(async () => followRun((await retryRun(run.id)).id))}
          >
            <RotateCcw size={15} />
          </IconButton>
        ) : (
          <IconButton label={t('run.cancel')} tip="above" onClick={() => act.mutate(() => cancelRun(run.id))}>
            <Ban size={15} />
          </IconButton>
        )}
        {over && (
          <IconButton label={t('queue.delete')} tip="above" onClick={() => act.mutate(() => deleteRun(run.id))}>
            <Trash2 size={15} />
          </IconButton>
        )}
      </div>
    </article>
  )
}

function startTime(time: string, language: 'en' | 'zh'): string {
  const date = new Date(time)
  const today = date.toDateString() === new Date().toDateString()
  const options: Intl.DateTimeFormatOptions = today
    ? { timeStyle: 'short' }
    : { dateStyle: 'medium', timeStyle: 'short' }
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en', options).format(date)
}
