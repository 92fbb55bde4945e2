import type { RunState as State } from '@beatloom/core'
import { Ban, Check, CircleAlert, Clock3, LoaderCircle, Unplug } from 'lucide-react'
import { useText } from '../../i18n/index.ts'

const ICONS = {
  queued: Clock3,
  running: LoaderCircle,
  done: Check,
  failed: CircleAlert,
  cancelled: Ban,
  interrupted: Unplug,
} satisfies Record<State, typeof Check>

/** A run's state as icon, colour and word. */
export function RunState({ state }: { state: State }) {
  const t = useText()
  const Icon = ICONS[state]
  return (
    <span className="run-card-state" data-state={state}>
      <Icon size={14} aria-hidden="true" />
      {t(`runState.${state}`)}
    </span>
  )
}
