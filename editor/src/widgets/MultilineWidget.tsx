import { useLayoutEffect, useRef } from 'react'
import type { WidgetProps } from './widget.ts'

const TALLEST_PX = 220

/** Grows with its text. */
export function MultilineWidget({ id, param, value, label, onChange, onDone }: WidgetProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const text = String(value ?? '')
  const limit = (param.schema as { maxLength?: number }).maxLength
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    if (!area.current) return
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
        rows={2}
        spellCheck={false}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onDone}
      />
      {limit !== undefined && text.length > limit * 0.8 && (
        <span className="counter" data-over={text.length > limit}>
          {text.length} / {limit}
        </span>
      )}
    </div>
  )
}
