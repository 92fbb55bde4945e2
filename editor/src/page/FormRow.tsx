import { ArrowDown, ArrowUp, ChevronRight, X } from 'lucide-react'
import { type ReactNode, useId, useRef, useState } from 'react'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'

interface FormRowProps {
  label: string
  /** What it belongs to, beside the label. */
  note: string
  /** In sight, under "More", hidden: in words. */
  place: string
  first: boolean
  last: boolean
  onMove(by: -1 | 1): void
  onRemove(): void
  children: ReactNode
}

/** One entry of the form: moves up and down, opens to its words, leaves. */
export function FormRow({ label, note, place, first, last, onMove, onRemove, children }: FormRowProps) {
  const t = useText()
  const id = useId()
  const row = useRef<HTMLLIElement>(null)
  const [open, setOpen] = useState(false)
  function move(by: -1 | 1): void {
    onMove(by)
    // The row is taken out and put in elsewhere, which lets go of the focus; at an end the other button has it.
    requestAnimationFrame(() => {
      const [up, down] = row.current?.querySelectorAll<HTMLButtonElement>('.form-row-move') ?? []
      const [wanted, other] = by < 0 ? [up, down] : [down, up]
      if (wanted?.disabled) other?.focus()
      else wanted?.focus()
    })
  }
  return (
    <li ref={row} className="form-row" aria-label={label}>
      <div className="form-row-head">
        <button
          type="button"
          className="form-row-name"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight size={16} aria-hidden="true" />
          <span>
            <strong>{label}</strong>
            <small>
              {note} · {place}
            </small>
          </span>
        </button>
        <IconButton
          className="form-row-move"
          label={t('form.up', { name: label })}
          disabled={first}
          onClick={() => move(-1)}
        >
          <ArrowUp size={16} />
        </IconButton>
        <IconButton
          className="form-row-move"
          label={t('form.down', { name: label })}
          disabled={last}
          onClick={() => move(1)}
        >
          <ArrowDown size={16} />
        </IconButton>
        <IconButton label={t('form.remove', { name: label })} onClick={onRemove}>
          <X size={16} />
        </IconButton>
      </div>
      {open && (
        <div className="form-row-body" id={id}>
          {children}
        </div>
      )}
    </li>
  )
}

interface FormTextProps {
  label: string
  value: string
  placeholder?: string
  onChange(value: string): void
  onDone(): void
}

export function FormText({ label, value, placeholder, onChange, onDone }: FormTextProps) {
  const id = useId()
  return (
    <div className="form-entry">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field"
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onDone}
      />
    </div>
  )
}
