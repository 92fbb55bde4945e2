import { Play } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { useRun } from '../run/run-store.ts'
import { isOver } from '../run/run-view.ts'
import { runDocument } from '../shell/session.ts'
import { Button } from '../ui/Button.tsx'

interface RunFirstProps {
  id: string
  nodes: string[]
  label: string
  text: string
}

/** Stands where there is nothing to edit before a run, with the run. */
export function RunFirst({ id, nodes, label, text }: RunFirstProps) {
  const t = useText()
  const going = useRun(({ run }) => run !== null && !isOver(run.state))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own.
    <div id={id} role="group" aria-label={label} className="run-first nodrag">
      <p>{text}</p>
      <Button size="small" icon={<Play size={13} />} disabled={going} onClick={() => void runDocument({ nodes })}>
        {t('command.runToHere')}
      </Button>
    </div>
  )
}
