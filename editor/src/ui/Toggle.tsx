interface ToggleProps {
  label: string
  checked: boolean
  onChange(checked: boolean): void
  id?: string
}

export function Toggle({ label, checked, onChange, id }: ToggleProps) {
  return (
    <button
      type="button"
      id={id}
      role="switch"
      aria-checked={checked}
      aria-label={label}
      className="toggle nodrag"
      onClick={() => onChange(!checked)}
    >
      <span className="toggle-knob" />
    </button>
  )
}
