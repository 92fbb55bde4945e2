import type { WidgetProps } from './widget.ts'

export function TextWidget({ id, value, label, onChange, onDone }: WidgetProps) {
  return (
    <input
      id={id}
      className="field nodrag"
      type="text"
      aria-label={label}
      spellCheck={false}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onDone}
    />
  )
}
