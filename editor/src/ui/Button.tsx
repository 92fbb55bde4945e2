import type { ButtonHTMLAttributes, ReactNode } from 'react'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: 'primary' | 'plain' | 'quiet' | 'danger'
  size?: 'small' | 'medium' | 'large'
  icon?: ReactNode
}

export function Button({ tone = 'plain', size = 'medium', icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button ${className ?? ''}`} data-tone={tone} data-size={size} {...rest}>
      {icon}
      {children !== undefined && <span>{children}</span>}
    </button>
  )
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  label: string
  /** Keys that do the same, shown in the tip. */
  keys?: string
  children: ReactNode
  tip?: 'below' | 'above'
}

/** A square button with a picture; its label is spoken, and shown as a tip on hover and focus. */
export function IconButton({ label, keys, children, className, tip = 'below', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`icon-button ${className ?? ''}`}
      aria-label={label}
      data-tip={keys ? `${label}  ${keys}` : label}
      data-tip-side={tip}
      {...rest}
    >
      {children}
    </button>
  )
}
