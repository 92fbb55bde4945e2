import { TriangleAlert } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import type { Refusal } from '../../api/types.ts'
import { useDocument } from '../../document/document-store.ts'
import { useText } from '../../i18n/index.ts'
import { say } from '../../i18n/sentences.ts'
import { applyNearest, nearestLabel } from '../../run/apply-nearest.ts'
import { runDocument } from '../../shell/session.ts'
import { Button } from '../../ui/Button.tsx'
import { lowerSize } from '../fixes/error-fixes.ts'
import { showField } from '../view/show-node.ts'

/** In Run's place where the job cannot be done here: why, and the nearest setting that could. */
export function RefusedRun({ refusal }: { refusal: Refusal }) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const label = nearestLabel(refusal, t)
  const outputs = useDocument((state) => state.workflow.outputs)
  // Too much of everything names no field; then less of what the result is made from is the way.
  const less = label ? [] : lowerSize(refusal.node ?? Object.values(outputs)[0]?.node ?? '').slice(0, 1)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button tone="danger" icon={<TriangleAlert size={16} aria-hidden="true" />}>
          {t('quote.tooLarge')}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu refused" sideOffset={8} align="end" aria-label={t('quote.tooLarge')}>
          <p>{say(refusal.message)}</p>
          <div className="refused-ways">
            {label && (
              <Button
                tone="primary"
                onClick={() => {
                  applyNearest(refusal)
                  setOpen(false)
                }}
              >
                {label}
              </Button>
            )}
            {less.map((fix) => (
              <Button key={fix.label} tone="primary" onClick={fix.apply}>
                {fix.label}
              </Button>
            ))}
            <Button
              onClick={() => {
                setOpen(false)
                void runDocument({ tryAnyway: true })
              }}
            >
              {t('quote.tryAnyway')}
            </Button>
            {refusal.node && (
              <Button
                onClick={() => {
                  setOpen(false)
                  showField(refusal)
                }}
              >
                {t('problem.show')}
              </Button>
            )}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
