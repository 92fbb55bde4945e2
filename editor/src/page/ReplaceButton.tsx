import { type ReactNode, useId } from 'react'
import { ACCEPT, type Accepts } from '../widgets/use-file.ts'

interface ReplaceButtonProps {
  accept: Accepts
  label: string
  /** What a screen reader hears: which of the page's buttons of this label it is. */
  name: string
  icon: ReactNode
  /** Asks for a fresh photo on machines with a camera. */
  camera?: boolean
  disabled?: boolean
  onFile(file: File | undefined): void
}

/** A file field that looks like a button. */
export function ReplaceButton({ accept, label, name, icon, camera, disabled, onFile }: ReplaceButtonProps) {
  const id = useId()
  return (
    <span className="file-button">
      <input
        id={id}
        className="visually-hidden"
        type="file"
        aria-label={name}
        accept={ACCEPT[accept]}
        disabled={disabled}
        {...(camera ? { capture: 'environment' } : {})}
        onChange={(event) => {
          onFile(event.target.files?.[0])
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
