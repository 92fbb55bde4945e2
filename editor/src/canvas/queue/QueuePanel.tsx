import { Pause, Play, X } from 'lucide-react'
import { pauseQueue, resumeQueue } from '../../api/client.ts'
import { useText } from '../../i18n/index.ts'
import { say } from '../../i18n/sentences.ts'
import { useQueue } from '../../run/queue-data.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { togglePanel } from '../../view/view-store.ts'
import { HistorySection } from './HistorySection.tsx'
import { QueueList } from './QueueList.tsx'
import { RunningCard } from './RunningCard.tsx'
import { useRunAction } from './use-run-action.ts'

/** All runs: what is going on, what waits and in which order, and what was made. */
export function QueuePanel() {
  const t = useText()
  return (
    <aside className="panel queue-panel" aria-label={t('queue.title')}>
      <header className="panel-head">
        <h2>{t('queue.title')}</h2>
        <IconButton label={t('app.close')} onClick={() => togglePanel('queue')}>
          <X size={16} />
        </IconButton>
      </header>
      <QueueSection />
      <HistorySection />
    </aside>
  )
}

function QueueSection() {
  const t = useText()
  const act = useRunAction()
  const { data: queue, error } = useQueue()
  if (error) return <p className="panel-empty queue-now">{say(error.message)}</p>
  if (!queue) return null
  const { paused, running, queued } = queue
  return (
    <section className="queue-now" aria-label={t('queue.now')}>
      <header className="queue-head">
        <h3>{t('queue.now')}</h3>
        <Button
          size="small"
          tone={paused ? 'primary' : 'quiet'}
          icon={paused ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />}
          onClick={() => act(paused ? resumeQueue : pauseQueue)}
        >
          {t(paused ? 'queue.resume' : 'queue.pause')}
        </Button>
      </header>
      {paused && <p className="queue-paused">{t('queue.paused')}</p>}
      {running && <RunningCard run={running} />}
      <QueueList queued={queued} />
      {!running && queued.length === 0 && <p className="panel-empty">{t('queue.idle')}</p>}
    </section>
  )
}
