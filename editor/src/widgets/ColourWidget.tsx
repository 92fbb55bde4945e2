import { lazy, Suspense, useRef, useState } from 'react'
import { useText } from '../i18n/index.ts'
import type { WidgetProps } from './widget.ts'

const ColourPanel = lazy(() => import('./ColourPanel.tsx').then((module) => ({ default: module.ColourPanel })))

const HEX = /^#[0-9a-f]{6}$/i
const SHORT = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/i

/** A colour as a swatch that opens a picker, and as text. */
export function ColourWidget({ id, value, label, onChange, onDone, disabled }: WidgetProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const swatch = useRef<HTMLButtonElement>(null)
  const colour = String(value ?? '')
  const valid = HEX.test(colour)
  return (
    <div className="colour nodrag">
      <button
        ref={swatch}
        type="button"
        className="colour-swatch"
        aria-label={t('colour.pick', { name: label })}
        aria-haspopup="dialog"
        aria-expanded={open}
        style={{ '--swatch': valid ? colour : 'transparent' } as React.CSSProperties}
        onClick={() => setOpen(!open)}
      />
      <input
        id={id}
        className="field"
        type="text"
        aria-label={label}
        aria-invalid={!valid}
        spellCheck={false}
        disabled={disabled}
        value={colour}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => {
          onChange(completed(colour))
          onDone()
        }}
      />
      {!valid && <span className="field-problem">{t('colour.form')}</span>}
      {open && (
        <Suspense fallback={null}>
          <ColourPanel
            label={label}
            colour={valid ? colour : '#000000'}
            trigger={swatch}
            onChange={onChange}
            onClose={() => {
              setOpen(false)
              onDone()
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

/** `fff` and `ffffff` mean `#ffffff`; what is no colour stays as it was typed, and is marked. */
export function completed(text: string): string {
  const trimmed = text.trim()
  const short = SHORT.exec(trimmed)
  if (short)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join('')}`.toLowerCase()
  const full = `#${trimmed.replace(/^#/, '')}`
  return HEX.test(full) ? full.toLowerCase() : text
}
