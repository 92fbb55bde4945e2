import { useLayoutEffect, useRef } from 'react'
import { Counter } from './Counter.tsx'
import type { WidgetProps } from './widget.ts'

const TALLEST_PX = 220

/** Grows with its text. */
export function MultilineWidget({ id, param, value, label, onChange, onDone, disabled }: WidgetProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const text = String(value ?? '')
  const limit = (param.schema as { maxLength?: number }).maxLength
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    // Newer browsers size the field by themselves, without a layout for each of many fields.
    if (!area.current || CSS.supports('field-sizing', 'content')) return
    area.current.style.height = 'auto'
    area.current.style.height = `${Math.min(TALLEST_PX, area.current.scrollHeight + 2)}px`
  }, [text])
  return (
    <div className="multiline">
      <textarea
        id={id}
        ref={area}
        className="field nodrag nowheel"
        aria-label={label}
        aria-invalid={limit !== undefined && text.length > limit ? true : undefined}
        rows={2}
        spellCheck={false}
        disabled={disabled}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onDone}
      />
      <Counter length={text.length} limit={limit} />
    </div>
  )
}
