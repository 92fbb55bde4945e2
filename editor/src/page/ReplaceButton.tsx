import { type ReactNode, useId } from 'react'
import { ACCEPT, type Accepts } from '../widgets/use-file.ts'

interface ReplaceButtonProps {
  /** Of the file field, where a label outside points at it. */
  id?: string
  accept: Accepts
  label: string
  /** What a screen reader hears: which of the page's buttons of this label it is. */
  name: string
  icon: ReactNode
  /** Asks for a fresh photo on machines with a camera. */
  camera?: boolean
  disabled?: boolean
  onFile?(file: File | undefined): void
  /** Given instead: all that are chosen together are taken. */
  onFiles?(files: File[]): void
}

/** A file field that looks like a button. */
export function ReplaceButton(props: ReplaceButtonProps) {
  const { accept, label, name, icon, camera, disabled, onFile, onFiles } = props
  const ownId = useId()
  const id = props.id ?? ownId
  return (
    <span className="file-button">
      <input
        id={id}
        className="visually-hidden"
        type="file"
        aria-label={name}
        accept={ACCEPT[accept]}
        multiple={onFiles !== undefined}
        disabled={disabled}
        {...(camera ? { capture: 'environment' } : {})}
        onChange={(event) => {
          if (onFiles) onFiles([...(event.target.files ?? [])])
          else onFile?.(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <label className="button" data-tone="plain" data-size="small" htmlFor={id}>
        {icon}
        <span>{label}</span>
      </label>
    </span>
  )
}
