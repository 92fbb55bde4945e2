import { useState } from 'react'
import { canvasStore } from '../canvas-store.ts'

interface RenameFieldProps {
  label: string
  value: string
  className?: string
  onRename(text: string): void
}

/** A name being edited in its place: Enter or leaving keeps it, Escape does not. */
export function RenameField({ label, value, className = '', onRename }: RenameFieldProps) {
  const [text, setText] = useState(value)
  const close = () => canvasStore.setState({ renaming: null })
  return (
    <input
      className={`node-title-field nodrag ${className}`}
      aria-label={label}
      // biome-ignore lint/a11y/noAutofocus: the field appears because a person asked to type here.
      autoFocus
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onDoubleClick={(event) => event.stopPropagation()}
      onBlur={() => {
        if (text !== value) onRename(text)
        close()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') close()
      }}
    />
  )
}
