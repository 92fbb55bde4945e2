import { Counter } from './Counter.tsx'
import type { WidgetProps } from './widget.ts'

export function TextWidget({ id, param, value, label, onChange, onDone, disabled }: WidgetProps) {
  const text = String(value ?? '')
  const { maxLength, pattern } = param.schema as { maxLength?: number; pattern?: string }
  const wrong = (maxLength !== undefined && text.length > maxLength) || (pattern && !new RegExp(pattern).test(text))
  return (
    <div className="multiline">
      <input
        id={id}
        className="field nodrag"
        type="text"
        aria-label={label}
        aria-invalid={wrong ? true : undefined}
        spellCheck={false}
        disabled={disabled}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onDone}
      />
      <Counter length={text.length} limit={maxLength} />
    </div>
  )
}
