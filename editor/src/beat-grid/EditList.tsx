import { ChevronRight, TriangleAlert, X } from 'lucide-react'
import { useId, useState } from 'react'
import { useText } from '../i18n/index.ts'
import { Chip } from '../ui/Chip.tsx'

interface EditListProps {
  lines: readonly { text: string; isWaiting: boolean }[]
  /** What it means that a change waits. */
  waitingText: string
  disabled: boolean
  onRemove(index: number): void
  onReset(): void
}

/** Every change made by hand in its order, folded away; each can be taken back by itself. */
export function EditList({ lines, waitingText, disabled, onRemove, onReset }: EditListProps) {
  const t = useText()
  const id = useId()
  const [open, setOpen] = useState(false)
  if (lines.length === 0) return null
  const waiting = lines.filter((line) => line.isWaiting).length
  return (
    <div className="edit-list">
      <div className="edit-list-head">
        <button
          type="button"
          className="params-more"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight size={13} aria-hidden="true" />
          {t('editList.count', { n: lines.length })}
          {waiting > 0 && ` · ${t('editList.waiting', { n: waiting })}`}
        </button>
        <Chip disabled={disabled} onClick={onReset}>
          {t('editList.reset')}
        </Chip>
      </div>
      {open && (
        <ol id={id} className="nowheel">
          {lines.map(({ text, isWaiting }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: changes may be equal; their place is all that tells them apart.
            <li key={index} data-waiting={isWaiting}>
              <span>
                {text}
                {isWaiting && (
                  <span className="edit-waiting" title={waitingText}>
                    <TriangleAlert size={12} aria-hidden="true" />
                    <span className="visually-hidden">{waitingText}</span>
                  </span>
                )}
              </span>
              <button
                type="button"
                className="param-tool"
                disabled={disabled}
                aria-label={t('editList.remove', { text })}
                title={t('editList.remove', { text })}
                onClick={() => onRemove(index)}
              >
                <X size={12} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
