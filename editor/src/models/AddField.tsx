import { type ReactNode, useId } from 'react'

interface AddFieldProps {
  label: string
  help?: ReactNode
  problem?: string | null
  /** Draws the control; it is named by the label and described by what stands below it. */
  children(ids: { id: string; describedBy: string; invalid: boolean }): ReactNode
}

/** A labelled field with its help below, or what is wrong with what was typed. */
export function AddField({ label, help, problem, children }: AddFieldProps) {
  const id = useId()
  const describedBy = `${id}-about`
  return (
    <div className="add-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, describedBy, invalid: Boolean(problem) })}
      <p id={describedBy} className={problem ? 'field-problem' : 'add-help'} role={problem ? 'alert' : undefined}>
        {problem ?? help}
      </p>
    </div>
  )
}
