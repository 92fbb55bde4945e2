interface ToolButtonProps {
  className: 'param-tool' | 'param-tool nodrag' | 'picture-tool'
  /** Read out, and shown on hovering: the button itself is only a picture. */
  label: string
  off?: boolean
  pressed?: boolean
  onClick(): void
  children: React.ReactNode
}

/** A small button beside what it acts on. */
export function ToolButton({ className, label, off = false, pressed, onClick, children }: ToolButtonProps) {
  return (
    <button
      type="button"
      className={className}
      aria-pressed={pressed}
      aria-label={label}
      title={label}
      disabled={off}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
