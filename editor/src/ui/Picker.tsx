import { ChevronDown } from 'lucide-react'
import { lazy, Suspense, useId, useRef, useState } from 'react'

// The list brings the popover and its measuring along; a closed picker is a button.
const PickerList = lazy(() => import('./PickerList.tsx').then((module) => ({ default: module.PickerList })))

export interface PickerOption {
  value: string
  label: string
  /** A second line: size, what it is for. */
  note?: string | undefined
  /** Why it cannot be had now; it stays in the list and says so. */
  unavailable?: string | undefined
}

interface PickerProps {
  label: string
  value: string
  options: readonly PickerOption[]
  onChange(value: string): void
  id?: string | undefined
  placeholder?: string | undefined
  disabled?: boolean | undefined
  /** Shown on the button instead of the value's own label. */
  face?: React.ReactNode
  /** Called when the list opens, to fetch what only an open list shows. */
  onOpen?(): void
}

/** One of many: the list opens under the button, is filtered by typing, and says why an item cannot be had. */
export function Picker({ label, value, options, onChange, id, placeholder, disabled, face, onOpen }: PickerProps) {
  const own = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const current = options.find((option) => option.value === value)
  const open = (query: string) => {
    onOpen?.()
    setTyped(query)
  }
  return (
    <>
      <button
        ref={trigger}
        id={id}
        type="button"
        role="combobox"
        className="select nodrag"
        aria-label={label}
        aria-haspopup="listbox"
        aria-expanded={typed !== null}
        aria-controls={`${own}-list`}
        aria-invalid={current?.unavailable ? true : undefined}
        disabled={disabled}
        onClick={() => (typed === null ? open('') : setTyped(null))}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            open('')
          } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault()
            event.stopPropagation()
            open(event.key)
          }
        }}
      >
        <span className="select-value">{face ?? current?.label ?? placeholder ?? value}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </button>
      {typed !== null && (
        <Suspense fallback={null}>
          <PickerList
            id={`${own}-list`}
            label={label}
            value={value}
            options={options}
            typed={typed}
            trigger={trigger}
            onPick={(picked) => {
              setTyped(null)
              if (picked !== value) onChange(picked)
            }}
            onClose={() => setTyped(null)}
          />
        </Suspense>
      )}
    </>
  )
}
