import { Toggle } from '../ui/Toggle.tsx'
import type { WidgetProps } from './widget.ts'

export function ToggleWidget({ id, value, label, onChange, onDone }: WidgetProps) {
  return (
    <Toggle
      id={id}
      label={label}
      checked={value === true}
      onChange={(checked) => {
        onChange(checked)
        onDone()
      }}
    />
  )
}
