import type { Issue } from '@beatloom/core'
import { useReactFlow } from '@xyflow/react'
import { CircleAlert, Play, Square, TriangleAlert } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { percent, workTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { issueText } from '../i18n/issue-text.ts'
import { useRun } from '../run/run-store.ts'
import { isOver } from '../run/run-view.ts'
import { useElapsed } from '../run/use-elapsed.ts'
import { useProgress } from '../run/use-progress.ts'
import { useProblems } from '../shell/problem-store.ts'
import { cancelCurrentRun, runDocument } from '../shell/session.ts'
import { Button } from '../ui/Button.tsx'
import { useView } from '../view/view-store.ts'
import { selectOnly } from './canvas-store.ts'

/** Run, or what stands in the way; while running the share done and Cancel. */
export function RunControls() {
  const t = useText()
  const errors = useProblems().filter((issue) => issue.severity === 'error')
  const run = useRun((state) => state.run)
  const cancelling = useRun((state) => state.cancelling)
  const elapsed = useElapsed()
  const progress = useProgress()
  const going = run !== null && !isOver(run.state)
  return (
    <>
      {going && (
        <FollowButton node={run.activeNode}>
          {run.state === 'queued' ? t('page.queued') : `${percent(progress?.share ?? 0)} · ${workTime(elapsed ?? 0)}`}
        </FollowButton>
      )}
      {going && (
        <Button
          icon={<Square size={14} aria-hidden="true" />}
          disabled={cancelling}
          onClick={() => void cancelCurrentRun()}
        >
          {t(cancelling ? 'run.cancelling' : 'run.cancel')}
        </Button>
      )}
      {errors.length > 0 ? (
        <ProblemList issues={errors} />
      ) : (
        <Button
          tone="primary"
          icon={<Play size={16} fill="currentColor" aria-hidden="true" />}
          onClick={() => void runDocument()}
        >
          {t('command.run')}
        </Button>
      )}
    </>
  )
}

/** The state of the run; a press goes to the node that is at work. */
function FollowButton({ node, children }: { node: string | null; children: string }) {
  const t = useText()
  const flow = useReactFlow()
  return (
    <button
      type="button"
      className="run-share"
      title={t('run.follow')}
      onClick={() => node && void flow.fitView({ nodes: [{ id: node }], maxZoom: 1, duration: 250 })}
    >
      {children}
    </button>
  )
}

function ProblemList({ issues }: { issues: readonly Issue[] }) {
  const t = useText()
  const language = useView((state) => state.language)
  const flow = useReactFlow()
  const [open, setOpen] = useState(false)
  function show(issue: Issue): void {
    setOpen(false)
    if (!issue.node) return
    selectOnly([issue.node])
    void flow.fitView({ nodes: [{ id: issue.node }], maxZoom: 1, duration: 250 })
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button tone="danger" icon={<CircleAlert size={16} aria-hidden="true" />}>
          {t(issues.length === 1 ? 'run.fixOne' : 'run.fixMany', { n: issues.length })}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu problem-list" sideOffset={8} align="end">
          {issues.map((issue) => (
            <button
              key={`${issue.node}:${issue.port ?? issue.param}:${issue.message}`}
              type="button"
              className="menu-item"
              onClick={() => show(issue)}
            >
              <TriangleAlert size={14} aria-hidden="true" />
              <span>{issueText(issue, t, language)}</span>
            </button>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
