interface ProgressBarProps {
  /** 0 … 1; null while the length of the work is unknown. */
  share: number | null
  label: string
}

export function ProgressBar({ share, label }: ProgressBarProps) {
  const now = share === null ? undefined : Math.round(share * 100)
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuenow={now}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <div className="progress-fill" data-unknown={share === null} style={{ transform: `scaleX(${share ?? 1})` }} />
    </div>
  )
}
