import { RefreshCw } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { Chip } from '../ui/Chip.tsx'

interface StripHeadProps {
  count: number
  /** Shots that are not as they were in the last run. */
  remade: number
  asText: boolean
  onAsText(asText: boolean): void
}

/** How many shots there are, how many of them a run would make again, and the way to the text. */
export function StripHead({ count, remade, asText, onAsText }: StripHeadProps) {
  const t = useText()
  const words =
    remade === 0 ? t('shots.remadeNone') : remade === 1 ? t('shots.remadeOne') : t('shots.remade', { n: remade })
  return (
    <div className="strip-head">
      <span>{t('shots.count', { n: count })}</span>
      <span className="strip-remade" data-any={remade > 0} role="status">
        {remade > 0 && <RefreshCw size={12} aria-hidden="true" />}
        {words}
      </span>
      <Chip aria-pressed={asText} onClick={() => onAsText(!asText)}>
        {t(asText ? 'shots.stripMode' : 'shots.textMode')}
      </Chip>
    </div>
  )
}
