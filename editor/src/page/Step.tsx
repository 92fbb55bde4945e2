import type { ReactNode } from 'react'

interface StepProps {
  number: number
  title: string
  done: boolean
  aside?: ReactNode
  children: ReactNode
  className?: string
}

/** A numbered card of the page. */
export function Step({ number, title, done, aside, children, className }: StepProps) {
  return (
    <section className={`step ${className ?? ''}`} aria-label={title}>
      <header className="step-head">
        <span className="step-number" data-done={done} aria-hidden="true">
          {number}
        </span>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}
