/** `75.5` → `1:15.5`; whole seconds without the tail. */
export function clockTime(seconds: number, digits: 0 | 1 = 0): string {
  const scale = 10 ** digits
  const whole = Math.round(Math.max(0, seconds) * scale) / scale
  const minutes = Math.floor(whole / 60)
  const rest = (whole - minutes * 60).toFixed(digits)
  return `${minutes}:${rest.padStart(digits === 0 ? 2 : 3 + digits, '0')}`
}

/** A short length of work: `0.8 s`, `12 s`, `3 min 20 s`. */
export function workTime(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 90) return `${Math.round(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

export function fileSize(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${(bytes / 1e9).toFixed(2)} GB`
}

export const percent = (share: number): string => `${Math.floor(share * 100)} %`
