import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { fileUrl, getPeaks } from '../api/client.ts'
import { useText } from '../i18n/index.ts'
import { type Section, SongPlot } from './SongPlot.tsx'
import { moveEdge, rangeBetween, type SongRangeEdit, SongRangeGrips } from './SongRangeGrips.tsx'
import { SongTools } from './SongTools.tsx'
import { panned, snapped, whole, zoomed } from './song-window.ts'
import { useSongPlayer } from './use-song-player.ts'
import type { Tick } from './Waveform.tsx'

interface SongViewProps {
  /** The file, where it can be played; null shows the picture alone. */
  reference: string | null
  /** Of the shown stretch. */
  peaks: readonly number[]
  seconds: number
  /** Where in the file the shown stretch begins. */
  offset?: number
  /** Length of the whole file; finer peaks come for all of it. */
  fileSeconds?: number | undefined
  ticks?: readonly Tick[]
  sections?: readonly Section[]
  /** With it, dragging selects a stretch. */
  range?: SongRangeEdit | undefined
  label: string
}

const CLICK_PX = 4
const SNAP_PX = 7
const NO_TICKS: readonly Tick[] = []
const NO_SECTIONS: readonly Section[] = []

/**
 * A song to look at, hear and choose from: drag selects (snapping to beats unless Alt is held), a click moves the
 * playhead, Ctrl+wheel zooms down to single beats, the wheel sideways moves along.
 */
export function SongView(props: SongViewProps) {
  const { reference, peaks, seconds, offset = 0, ticks = NO_TICKS, sections = NO_SECTIONS, range, label } = props
  const t = useText()
  const box = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLSpanElement>(null)
  const drag = useRef<{ x: number; time: number; edge: 'start' | 'end' | null; moved: boolean } | null>(null)
  const [view, setView] = useState(() => whole(seconds))
  const viewNow = useRef(view)
  viewNow.current = view
  const time = useRef(range?.start ?? 0)
  const isZoomed = view.span < seconds - 1e-6
  const fine = useFinePeaks(isZoomed ? reference : null, props.fileSeconds)
  const stretch = range ? { from: range.start, to: Math.min(seconds, range.start + range.duration) } : null
  const player = useSongPlayer(offset, stretch ?? { from: 0, to: seconds }, showHead)

  function showHead(at: number): void {
    time.current = at
    const { from, span } = viewNow.current
    if (head.current) head.current.style.left = `${((at - from) / span) * 100}%`
    if (player.on && (at < from || at > from + span)) setView(panned(viewNow.current, at - from, seconds))
  }
  const timeAt = (clientX: number): number => {
    const { left, width } = box.current!.getBoundingClientRect()
    return Math.min(seconds, Math.max(0, view.from + ((clientX - left) / width) * view.span))
  }
  function onDown(event: React.PointerEvent, edge: 'start' | 'end' | null = null): void {
    if (event.button !== 0) return
    event.stopPropagation()
    box.current?.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, time: timeAt(event.clientX), edge, moved: false }
  }
  function onMove(event: React.PointerEvent): void {
    const now = drag.current
    if (!now) return
    now.moved ||= Math.abs(event.clientX - now.x) > CLICK_PX
    if (!now.moved || !range || range.disabled) return
    const reach = (SNAP_PX / box.current!.getBoundingClientRect().width) * view.span
    const near = (moment: number) =>
      event.altKey
        ? moment
        : snapped(
            moment,
            ticks.map((tick) => tick.time),
            reach,
          )
    const to = near(timeAt(event.clientX))
    range.onChange(now.edge ? moveEdge(range, now.edge, to, seconds) : rangeBetween(near(now.time), to, range, seconds))
  }
  function onUp(event: React.PointerEvent): void {
    const now = drag.current
    drag.current = null
    if (!now) return
    if (!now.moved && !now.edge) player.seek(timeAt(event.clientX))
    else range?.onDone()
  }
  function onWheel(event: React.WheelEvent): void {
    if (event.ctrlKey || event.metaKey)
      setView(zoomed(view, 1.2 ** (-event.deltaY / 60), timeAt(event.clientX), seconds))
    else if (isZoomed) setView(panned(view, ((event.deltaX || event.deltaY) / 400) * view.span, seconds))
  }

  return (
    <div className="song-view nodrag" data-zoomed={isZoomed}>
      <div
        ref={box}
        className={isZoomed ? 'song-plot nowheel' : 'song-plot'}
        role="img"
        aria-label={label}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={onUp}
        onWheel={onWheel}
      >
        <SongPlot
          peaks={fine ?? peaks}
          peakSeconds={fine ? props.fileSeconds! : seconds}
          peakStart={fine ? offset : 0}
          view={view}
          ticks={ticks}
          sections={sections}
        />
        <span ref={head} className="song-head" style={{ left: `${((time.current - view.from) / view.span) * 100}%` }} />
      </div>
      {range && (
        <div className="song-grips">
          <SongRangeGrips range={range} view={view} seconds={seconds} onGrab={(edge, event) => onDown(event, edge)} />
        </div>
      )}
      <SongTools
        playing={player.on}
        onPlay={reference === null ? null : player.toggle}
        view={view}
        seconds={seconds}
        beats={ticks}
        around={() => time.current}
        onView={setView}
      />
      {reference !== null && (
        // biome-ignore lint/a11y/useMediaCaption: music without words to caption; its picture is described above.
        <audio ref={player.audio} src={fileUrl(reference)} preload="none" aria-label={t('song.sound')} />
      )}
    </div>
  )
}

/** Sixty values a second for a close look; fetched when somebody first zooms in. */
function useFinePeaks(reference: string | null, seconds: number | undefined): number[] | null {
  const { data } = useQuery({
    queryKey: ['peaks', reference],
    queryFn: () => getPeaks(reference!, Math.min(24_000, Math.ceil(seconds! * 60))),
    enabled: reference !== null && seconds !== undefined && seconds > 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? null
}
