import { useRef, useState } from 'react'
import { useText } from '../i18n/index.ts'
import { calculate } from './arithmetic.ts'
import { clamp, numberRules, tidy, type WidgetProps } from './widget.ts'

const PX_PER_STEP = 4

/** Type (sums too), step with arrows (Shift ×10, Alt ÷10), or drag the unit sideways. Out of range is marked, not moved. */
export function NumberWidget({ id, param, value, label, onChange, onDone }: WidgetProps) {
  const t = useText()
  const rules = numberRules(param)
  const [draft, setDraft] = useState<string | null>(null)
  const scrub = useRef<{ x: number; from: number } | null>(null)
  const number = Number(value ?? 0)
  const outside = number < rules.min || number > rules.max

  function commit(): void {
    if (draft !== null) {
      const result = calculate(draft)
      if (result !== null) onChange(rules.integer ? Math.round(result) : result)
    }
    setDraft(null)
    onDone()
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.key === 'Enter') commit()
    if (event.key === 'Escape') setDraft(null)
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    const size = event.shiftKey ? 10 : event.altKey && !rules.integer ? 0.1 : 1
    const by = rules.step * size * (event.key === 'ArrowUp' ? 1 : -1)
    setDraft(null)
    onChange(clamp(tidy(number + by), rules))
  }
  function onScrub(event: React.PointerEvent): void {
    if (!scrub.current) return
    const steps = Math.round((event.clientX - scrub.current.x) / PX_PER_STEP)
    onChange(clamp(tidy(scrub.current.from + steps * rules.step), rules))
  }

  return (
    <div className="number nodrag" data-outside={outside}>
      <input
        id={id}
        className="field"
        type="text"
        inputMode="decimal"
        role="spinbutton"
        aria-label={label}
        aria-valuenow={number}
        aria-valuemin={Number.isFinite(rules.min) ? rules.min : undefined}
        aria-valuemax={Number.isFinite(rules.max) ? rules.max : undefined}
        aria-invalid={outside}
        value={draft ?? String(number)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      <span
        className="number-unit"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          scrub.current = { x: event.clientX, from: number }
        }}
        onPointerMove={onScrub}
        onPointerUp={() => {
          scrub.current = null
          onDone()
        }}
      >
        {param.unit ?? '↔'}
      </span>
      {outside && <span className="field-problem">{t('widget.range', { min: rules.min, max: rules.max })}</span>}
    </div>
  )
}
