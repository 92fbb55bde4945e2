import { CircleAlert, RotateCcw } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { useText } from '../../i18n/index.ts'
import { errorText } from '../../i18n/issue-text.ts'
import { useRun } from '../../run/run-store.ts'
import { retryDocument } from '../../shell/session.ts'
import { Button } from '../../ui/Button.tsx'
import { showField } from '../view/show-node.ts'
import { ErrorDetails } from './ErrorDetails.tsx'

/** After a run that failed: why, a way to the node, and Retry, which goes on from what is finished. */
export function RunFailed() {
  const t = useText()
  const [open, setOpen] = useState(false)
  const error = useRun((state) => state.run?.error ?? null)
  const state = useRun((store) => store.run?.state)
  if ((state !== 'failed' && state !== 'interrupted') || !error) return null
  const { node } = error
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="run-share run-failed">
        <CircleAlert size={15} aria-hidden="true" />
        <span>{t(`runState.${state}`)}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu refused" sideOffset={8} align="end" aria-label={t(`runState.${state}`)}>
          <p>{errorText(error)}</p>
          <div className="refused-ways">
            <Button
              tone="primary"
              icon={<RotateCcw size={15} aria-hidden="true" />}
              onClick={() => {
                setOpen(false)
                void retryDocument()
              }}
            >
              {t('fix.retry')}
            </Button>
            {node && (
              <Button
                onClick={() => {
                  setOpen(false)
                  showField({ node })
                }}
              >
                {t('problem.showNode')}
              </Button>
            )}
          </div>
          <ErrorDetails error={error} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
