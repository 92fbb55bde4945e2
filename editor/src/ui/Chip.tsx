import type { ButtonHTMLAttributes } from 'react'

interface ChipProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does, spoken and as a tip; for one that shows a picture or a sign alone. */
  label?: string
}

/** A small button among others in a row. */
export function Chip({ label, className, ...rest }: ChipProps) {
  const named = label === undefined ? {} : { 'aria-label': label, title: label }
  return <button type="button" className={className ? `chip ${className}` : 'chip'} {...named} {...rest} />
}
