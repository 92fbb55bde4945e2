import { useReactFlow } from '@xyflow/react'
import { LocateFixed } from 'lucide-react'
import { useEffect } from 'react'
import { percent, workTime } from '../../i18n/format.ts'
import { useText } from '../../i18n/index.ts'
import { secondsLeft } from '../../run/progress.ts'
import { useProgress } from '../../run/progress-store.ts'
import { useQueuePlace } from '../../run/queue-data.ts'
import { useRun } from '../../run/run-store.ts'
import { useElapsed } from '../../run/use-elapsed.ts'
import { IconButton } from '../../ui/Button.tsx'
import { changeSettings, useView } from '../../view/view-store.ts'
import type { FlowEdge, FlowNode } from '../canvas-store.ts'
import { revealNode } from '../view/reveal.ts'
import { centreNode } from '../view/show-node.ts'

/** How the run goes: percent, time since it began, time left. A press goes to the node at work; or the view follows. */
export function RunStatus() {
  const t = useText()
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const node = useRun((state) => state.run?.activeNode ?? null)
  const follow = useView((state) => state.followRun)
  useEffect(() => {
    if (follow && node) centreNode(flow, node)
  }, [follow, node, flow])
  return (
    <span className="run-status">
      <button type="button" className="run-share" title={t('run.follow')} onClick={() => node && revealNode(node)}>
        <StatusText />
      </button>
      <IconButton
        label={t('run.followMode')}
        aria-pressed={follow}
        onClick={() => changeSettings({ followRun: !follow })}
      >
        <LocateFixed size={16} />
      </IconButton>
    </span>
  )
}

function StatusText() {
  const t = useText()
  const id = useRun((state) => state.run?.id ?? '')
  const queued = useRun((state) => state.run?.state === 'queued')
  const place = useQueuePlace(id)
  const elapsed = useElapsed() ?? 0
  const progress = useProgress()
  if (queued) return <span>{place ? t('run.place', { n: place }) : t('page.queued')}</span>
  const share = progress?.share ?? 0
  const left = progress && secondsLeft(share, elapsed, progress.usualSeconds)
  return (
    <>
      <strong>{percent(share)}</strong>
      <span className="run-elapsed">{workTime(elapsed)}</span>
      {left !== null && <span className="run-left">{t('run.left', { time: workTime(left) })}</span>}
    </>
  )
}
