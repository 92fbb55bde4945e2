import { Ban, Check, CircleAlert, CircleHelp, Clock3, Database, LoaderCircle, SkipForward } from 'lucide-react'
import { percent, workTime } from '../../i18n/format.ts'
import { useText } from '../../i18n/index.ts'
import { useNodeRun } from '../../run/run-store.ts'
import type { NodeRun, NodeState as State } from '../../run/run-view.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { WhyButton } from '../run/WhyButton.tsx'

export const STATE_ICONS = {
  waiting: Clock3,
  running: LoaderCircle,
  cached: Database,
  done: Check,
  skipped: SkipForward,
  failed: CircleAlert,
  stopped: Ban,
} satisfies Record<State, typeof Check>

/** Where the node is in the run: an icon, words, and a bar while it works. Subscribes to this node alone. */
export function NodeState({ id }: { id: string }) {
  const t = useText()
  const run = useNodeRun(id)
  if (!run) return null
  const Icon = STATE_ICONS[run.state]
  const text = detailOf(run, t('run.step', { n: run.step ?? 0, m: run.steps ?? 0 }))
  const label = t(`state.${run.state}`)
  const ran = run.state === 'running' || run.state === 'done' || run.state === 'failed'
  return (
    <>
      <span className="node-state" data-state={run.state} title={label}>
        <Icon size={13} aria-hidden="true" />
        <span>{text ?? label}</span>
        {text !== null && <span className="visually-hidden">{label}</span>}
      </span>
      {ran && run.reason && (
        <WhyButton id={id} reason={run.reason}>
          <CircleHelp size={13} aria-hidden="true" />
        </WhyButton>
      )}
      {run.state === 'running' && (
        <span className="node-bar">
          <ProgressBar share={run.steps ? (run.step ?? 0) / run.steps : null} label={label} />
        </span>
      )}
    </>
  )
}

function detailOf(run: NodeRun, step: string): string | null {
  if (run.state === 'running' && run.steps) return `${step} · ${percent((run.step ?? 0) / run.steps)}`
  if (run.state === 'done' && run.seconds !== undefined) return workTime(run.seconds)
  return null
}
