import { type ReactNode, useId, useState } from 'react'
import { ACCEPT, type Accepts } from '../widgets/use-file.ts'

interface DropAreaProps {
  /** Of the file field, where a label outside points at it. */
  id?: string
  accept: Accepts
  label: string
  /** What the empty area says. */
  invitation: ReactNode
  filled: boolean
  disabled: boolean
  onFile?(file: File | undefined): void
  /** Given instead: all that are dropped, pasted or chosen together are taken. */
  onFiles?(files: File[]): void
  children?: ReactNode
}

/** A card that takes a dropped or pasted file; empty, all of it is the browse button. */
export function DropArea(props: DropAreaProps) {
  const { accept, label, invitation, filled, disabled, onFile, onFiles, children } = props
  const ownId = useId()
  const id = props.id ?? ownId
  const [over, setOver] = useState(false)
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])]
    if (files.length === 0 || disabled) return
    if (onFiles) onFiles(files)
    else onFile?.(files[0])
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
      onPaste={(event) => {
        if (event.clipboardData.files.length === 0) return
        event.preventDefault()
        // On the canvas a pasted file becomes a node, unless a field has taken it.
        event.stopPropagation()
        take(event.clipboardData.files)
      }}
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
          multiple={onFiles !== undefined}
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
