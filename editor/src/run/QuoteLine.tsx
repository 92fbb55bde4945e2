import { TriangleAlert } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { say } from '../i18n/sentences.ts'
import { runDocument } from '../shell/session.ts'
import { Button } from '../ui/Button.tsx'
import { applyNearest, nearestLabel } from './apply-nearest.ts'
import { useQuote } from './quote-store.ts'
import { quoteFacts } from './quote-text.ts'

/** What the run would cost, in one line; or why it cannot be done here, with the setting that would fit. */
export function QuoteLine() {
  const t = useText()
  const { quote, stale } = useQuote()
  if (!quote) return null
  if (quote.refusal) {
    const label = nearestLabel(quote.refusal, t)
    return (
      <div className="quote-refusal" role="status">
        <p>
          <TriangleAlert size={15} aria-hidden="true" />
          {say(quote.refusal.message)}
        </p>
        <div className="quote-ways">
          {label && (
            <Button size="small" onClick={() => applyNearest(quote.refusal!)}>
              {label}
            </Button>
          )}
          <Button size="small" tone="quiet" onClick={() => void runDocument({ tryAnyway: true })}>
            {t('quote.tryAnyway')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <p className="quote-line" data-stale={stale}>
      {quote.run === 0
        ? t('quote.allDone')
        : quoteFacts(quote, t)
            .map(({ key, value }) => t(`quote.in.${key}`, { value }))
            .join(' · ')}
    </p>
  )
}
