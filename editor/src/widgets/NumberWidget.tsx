import { useRef, useState } from 'react'
import { useText } from '../i18n/index.ts'
import { calculate } from './arithmetic.ts'
import { numberRules, offGrid, secondsOf, stepped } from './number-rules.ts'
import { useSibling } from './siblings.ts'
import type { WidgetProps } from './widget.ts'

const PX_PER_STEP = 4

/**
 * Type (sums too), step with arrows (Shift ×10, Alt ÷10), or drag the unit sideways. What is out of range or off its
 * step is marked, not moved.
 */
export function NumberWidget({ id, param, value, label, onChange, onDone, node, disabled }: WidgetProps) {
  const t = useText()
  const rules = numberRules(param)
  const [draft, setDraft] = useState<string | null>(null)
  const [unreadable, setUnreadable] = useState(false)
  const scrub = useRef<{ x: number; from: number } | null>(null)
  const number = Number(value ?? 0)
  const outside = number < rules.min || number > rules.max
  const beside = outside ? null : offGrid(number, rules)
  const seconds = useSeconds(node, param.secondsAt, number)

  function commit(): void {
    if (draft !== null) {
      const result = calculate(draft)
      if (result !== null) onChange(rules.integer ? Math.round(result) : result)
      setUnreadable(result === null)
    }
    setDraft(null)
    onDone()
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.key === 'Enter') commit()
    if (event.key === 'Escape') setDraft(null)
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    const steps = (event.shiftKey ? 10 : 1) * (event.key === 'ArrowUp' ? 1 : -1)
    const from = draft === null ? number : (calculate(draft) ?? number)
    setDraft(null)
    onChange(stepped(from, steps, rules, event.altKey))
  }
  function onScrub(event: React.PointerEvent): void {
    if (!scrub.current) return
    const steps = Math.round((event.clientX - scrub.current.x) / PX_PER_STEP)
    if (steps !== 0) onChange(stepped(scrub.current.from, steps * (event.shiftKey ? 10 : 1), rules, event.altKey))
  }

  return (
    <div className="number nodrag" data-outside={outside || beside !== null} data-wide={seconds !== null}>
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
        aria-valuetext={seconds ? `${number} = ${seconds}` : undefined}
        aria-invalid={outside || beside !== null || unreadable}
        disabled={disabled}
        value={draft ?? String(number)}
        onChange={(event) => {
          setDraft(event.target.value)
          setUnreadable(false)
        }}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      <span
        className="number-unit"
        title={t('widget.scrub')}
        onPointerDown={(event) => {
          if (disabled) return
          event.currentTarget.setPointerCapture(event.pointerId)
          scrub.current = { x: event.clientX, from: number }
        }}
        onPointerMove={onScrub}
        onPointerUp={() => {
          scrub.current = null
          onDone()
        }}
      >
        {seconds ? `= ${seconds}` : (param.unit ?? '↔')}
      </span>
      {outside && <span className="field-problem">{rangeText(t, rules)}</span>}
      {beside && <Nearest {...beside} onPick={onChange} />}
      {unreadable && <span className="field-problem">{t('widget.noNumber')}</span>}
    </div>
  )
}

function rangeText(t: ReturnType<typeof useText>, { min, max }: { min: number; max: number }): string {
  if (!Number.isFinite(max)) return t('widget.atLeast', { min })
  if (!Number.isFinite(min)) return t('widget.atMost', { max })
  return t('widget.range', { min, max })
}

/** How long so many frames last, where the param says at which rate. */
function useSeconds(node: string, rate: number | string | undefined, frames: number): string | null {
  const sibling = useSibling(node, typeof rate === 'string' ? rate : undefined)
  const frameRate = Number(typeof rate === 'string' ? sibling : rate)
  return frameRate > 0 ? secondsOf(frames, frameRate) : null
}

/** The two allowed values beside one that is not, as buttons: nothing is moved unasked. */
function Nearest({ below, above, onPick }: { below: number; above: number; onPick(value: number): void }) {
  const t = useText()
  return (
    <span className="field-problem">
      {t('widget.nearest')}{' '}
      {[...new Set([below, above])].map((value) => (
        <button key={value} type="button" className="inline-fix" onClick={() => onPick(value)}>
          {value}
        </button>
      ))}
    </span>
  )
}
