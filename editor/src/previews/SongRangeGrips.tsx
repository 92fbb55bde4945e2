import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import type { SongWindow } from './song-window.ts'

export interface SongRangeEdit {
  start: number
  duration: number
  /** Shortest and longest stretch that may be chosen, seconds. */
  min: number
  max: number
  disabled: boolean
  onChange(range: { start: number; duration: number }): void
  onDone(): void
}

interface GripsProps {
  range: SongRangeEdit
  view: SongWindow
  seconds: number
  onGrab(edge: 'start' | 'end', event: React.PointerEvent): void
}

const STEP_SECONDS = 0.1

/** The chosen stretch, the rest in the shade; each edge is a grip for pointer and arrow keys (Shift ×10, Alt ÷10). */
export function SongRangeGrips({ range, view, seconds, onGrab }: GripsProps) {
  const t = useText()
  const end = Math.min(seconds, range.start + range.duration)
  const share = (time: number) => Math.min(100, Math.max(0, ((time - view.from) / view.span) * 100))
  const inSight = (time: number) => time >= view.from - 1e-6 && time <= view.from + view.span + 1e-6

  function onKeyDown(event: React.KeyboardEvent, edge: 'start' | 'end'): void {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const step = by * STEP_SECONDS * (event.shiftKey ? 10 : event.altKey ? 0.1 : 1)
    range.onChange(moveEdge(range, edge, (edge === 'start' ? range.start : end) + step, seconds))
  }
  const grip = (edge: 'start' | 'end', time: number) =>
    inSight(time) && (
      <button
        type="button"
        role="slider"
        className="song-grip"
        data-edge={edge}
        disabled={range.disabled}
        style={{ left: `${share(time)}%` }}
        aria-label={t(edge === 'start' ? 'song.start' : 'song.end')}
        aria-valuemin={0}
        aria-valuemax={Math.round(seconds * 10) / 10}
        aria-valuenow={Math.round(time * 100) / 100}
        aria-valuetext={clockTime(time, 1)}
        onPointerDown={(event) => onGrab(edge, event)}
        onKeyDown={(event) => onKeyDown(event, edge)}
        onBlur={range.onDone}
      />
    )
  return (
    <>
      <span className="song-shade" style={{ left: 0, width: `${share(range.start)}%` }} />
      <span className="song-shade" style={{ left: `${share(end)}%`, right: 0 }} />
      {grip('start', range.start)}
      {grip('end', end)}
    </>
  )
}

const round = (time: number): number => Math.round(time * 1000) / 1000

/** The range with one edge at another moment; the other edge stays, as far as shortest and longest allow. */
export function moveEdge(
  range: Pick<SongRangeEdit, 'start' | 'duration' | 'min' | 'max'>,
  edge: 'start' | 'end',
  to: number,
  seconds: number,
): { start: number; duration: number } {
  const end = Math.min(seconds, range.start + range.duration)
  const shortest = Math.min(Math.max(range.min, 0.1), seconds)
  if (edge === 'end') {
    const last = Math.min(seconds, Math.max(range.start + shortest, Math.min(to, range.start + range.max)))
    return { start: round(range.start), duration: round(last - range.start) }
  }
  const first = Math.max(0, Math.min(end - shortest, Math.max(to, end - range.max)))
  return { start: round(first), duration: round(end - first) }
}

/** The range between two moments, whichever came first. */
export function rangeBetween(
  a: number,
  b: number,
  limits: Pick<SongRangeEdit, 'min' | 'max'>,
  seconds: number,
): { start: number; duration: number } {
  const start = Math.max(0, Math.min(a, b))
  const { min, max } = limits
  return moveEdge({ start, duration: 0, min, max }, 'end', Math.max(a, b), seconds)
}
