import { ArrowUpToLine, Ban, ChevronDown, ChevronUp, GripVertical, Terminal, Workflow } from 'lucide-react'
import { cancelRun, reorderQueue } from '../../api/client.ts'
import type { QueueState, RunSummary } from '../../api/types.ts'
import { useText } from '../../i18n/index.ts'
import { QUEUE_KEY } from '../../run/queue-data.ts'
import { queryClient } from '../../shell/query-client.ts'
import { openRun } from '../../shell/session.ts'
import { IconButton } from '../../ui/Button.tsx'
import { copyCommandLine } from './copy-command-line.ts'
import { moved, useReorder } from './use-reorder.ts'
import { useRunAction } from './use-run-action.ts'

/** What waits, first to run first; to be dragged, or moved by its buttons. */
export function QueueList({ queued }: { queued: readonly RunSummary[] }) {
  const t = useText()
  const act = useRunAction()
  const ids = queued.map((run) => run.id)
  function reorder(order: string[]): void {
    // The list shows the new order at once; the server's answer follows.
    queryClient.setQueryData<QueueState>(
      QUEUE_KEY,
      (queue) => queue && { ...queue, queued: inOrder(queue.queued, order) },
    )
    act(() => reorderQueue(order))
  }
  const { list, order, heldId, grip } = useReorder(ids, reorder)
  if (queued.length === 0) return null
  return (
    <ul className="queue-list" ref={list}>
      {inOrder(queued, order).map((run, index) => {
        const title = run.title || t('document.untitled')
        return (
          <li key={run.id} className="queue-item" data-held={heldId === run.id}>
            <button type="button" className="queue-grip" aria-label={t('queue.drag', { title })} {...grip(run.id)}>
              <GripVertical size={15} aria-hidden="true" />
            </button>
            <span className="queue-item-title">
              <span className="queue-place">{index + 1}</span>
              {title}
            </span>
            <span className="queue-item-actions">
              <IconButton
                label={t('queue.next')}
                disabled={index === 0}
                tip="above"
                onClick={() => reorder(moved(ids, index, 0))}
              >
                <ArrowUpToLine size={14} />
              </IconButton>
              <IconButton
                label={t('queue.up')}
                disabled={index === 0}
                tip="above"
                onClick={() => reorder(moved(ids, index, index - 1))}
              >
                <ChevronUp size={14} />
              </IconButton>
              <IconButton
                label={t('queue.down')}
                disabled={index === ids.length - 1}
                tip="above"
                onClick={() => reorder(moved(ids, index, index + 1))}
              >
                <ChevronDown size={14} />
              </IconButton>
              <IconButton label={t('queue.openGraph')} tip="above" onClick={() => act(() => openRun(run.id))}>
                <Workflow size={14} />
              </IconButton>
              <IconButton label={t('queue.copyCommand')} tip="above" onClick={() => act(() => copyCommandLine(run.id))}>
                <Terminal size={14} />
              </IconButton>
              <IconButton label={t('run.cancel')} tip="above" onClick={() => act(() => cancelRun(run.id))}>
                <Ban size={14} />
              </IconButton>
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function inOrder(runs: readonly RunSummary[], order: readonly string[]): RunSummary[] {
  const place = (run: RunSummary): number => (order.includes(run.id) ? order.indexOf(run.id) : order.length)
  return runs.toSorted((a, b) => place(a) - place(b))
}
