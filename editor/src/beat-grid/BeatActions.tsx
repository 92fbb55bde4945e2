import { ChevronLeft, ChevronRight, Trash2 } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { Chip } from '../ui/Chip.tsx'

interface BeatActionsProps {
  /** Which beat it is, and when. */
  text: string
  isDown: boolean
  disabled: boolean
  onNudge(seconds: number): void
  onDown(): void
  onRemove(): void
}

const NUDGE_SECONDS = 0.01

/** What can be done with the chosen beat, for those without keys. */
export function BeatActions({ text, isDown, disabled, onNudge, onDown, onRemove }: BeatActionsProps) {
  const t = useText()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own.
    <div className="beat-actions" role="group" aria-label={t('beatGrid.chosen')}>
      <span className="beat-actions-text">{text}</span>
      <Chip disabled={disabled} label={t('beatGrid.earlier')} onClick={() => onNudge(-NUDGE_SECONDS)}>
        <ChevronLeft size={14} aria-hidden="true" />
      </Chip>
      <Chip disabled={disabled} label={t('beatGrid.later')} onClick={() => onNudge(NUDGE_SECONDS)}>
        <ChevronRight size={14} aria-hidden="true" />
      </Chip>
      <Chip disabled={disabled} aria-pressed={isDown} onClick={onDown}>
        {t('beatGrid.barLine')}
      </Chip>
      <Chip disabled={disabled} label={t('beatGrid.remove')} onClick={onRemove}>
        <Trash2 size={13} aria-hidden="true" />
      </Chip>
    </div>
  )
}
