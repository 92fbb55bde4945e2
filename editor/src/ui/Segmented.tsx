interface SegmentedProps {
  label: string
  value: string
  options: readonly { value: string; label: string; icon?: React.ReactNode }[]
  onChange(value: string): void
}

/** One of a few, all in sight. Arrow keys move, as in any radio group. */
export function Segmented({ label, value, options, onChange }: SegmentedProps) {
  function step(event: React.KeyboardEvent, index: number): void {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const next = options[(index + by + options.length) % options.length]!
    onChange(next.value)
    const buttons = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[role=radio]')
    buttons?.[options.indexOf(next)]?.focus()
  }
  const current = options.some((option) => option.value === value)
  return (
    <div className="segmented nodrag" role="radiogroup" aria-label={label}>
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio cannot hold a picture and a label of its own look.
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          aria-label={option.label}
          title={option.label}
          tabIndex={option.value === value || (!current && index === 0) ? 0 : -1}
          onClick={() => onChange(option.value)}
          onKeyDown={(event) => step(event, index)}
        >
          {option.icon}
          {option.label}
        </button>
      ))}
    </div>
  )
}
