export function Wordmark() {
  return (
    <span className="wordmark">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <g fill="none" stroke="currentColor" strokeWidth="3.2" strokeLinecap="round">
          <path d="M6 14v4M13 8v16M20 12v8M27 5v22" />
        </g>
      </svg>
      Beatloom
    </span>
  )
}
