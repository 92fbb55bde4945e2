import { type ReactNode, useId, useState } from 'react'
import { ACCEPT, type Accepts } from '../widgets/use-file.ts'

interface DropAreaProps {
  accept: Accepts
  label: string
  /** What the empty area says. */
  invitation: ReactNode
  filled: boolean
  disabled: boolean
  onFile(file: File | undefined): void
  children?: ReactNode
}

/** A card that takes a dropped or pasted file; empty, all of it is the browse button. */
export function DropArea({ accept, label, invitation, filled, disabled, onFile, children }: DropAreaProps) {
  const id = useId()
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file && !disabled) onFile(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping repeats what the labelled file field does.
    <div
      className="drop-area"
      data-over={over}
      data-filled={filled}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(!disabled)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files)
      }}
      onPaste={(event) => take(event.clipboardData.files)}
    >
      {filled ? (
        children
      ) : (
        <label className="drop-invite" htmlFor={id}>
          {invitation}
        </label>
      )}
      {!filled && (
        <input
          id={id}
          className="visually-hidden"
          type="file"
          accept={ACCEPT[accept]}
          aria-label={label}
          disabled={disabled}
          onChange={(event) => {
            take(event.target.files)
            event.target.value = ''
          }}
        />
      )}
    </div>
  )
}
