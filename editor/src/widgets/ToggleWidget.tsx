import { Toggle } from '../ui/Toggle.tsx'
import type { WidgetProps } from './widget.ts'

/** A locked node's fields stand in a disabled fieldset, which holds this switch back too. */
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
