import { useRef } from 'react'
import type { Section } from './SongPlot.tsx'
import { moveEdge, rangeBetween, type SongRangeEdit, SongRangeGrips } from './SongRangeGrips.tsx'
import { SongStageView } from './SongStageView.tsx'
import { snapped } from './song-window.ts'
import { type SongSource, useSongStage } from './use-song-stage.ts'
import type { Tick } from './Waveform.tsx'

interface SongViewProps extends SongSource {
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
 * playhead, Ctrl+wheel or two fingers zoom down to single beats, the wheel sideways moves along.
 */
export function SongView({ ticks = NO_TICKS, sections = NO_SECTIONS, range, label, ...source }: SongViewProps) {
  const { seconds } = source
  const drag = useRef<{ x: number; time: number; edge: 'start' | 'end' | null; moved: boolean } | null>(null)
  const stretch = range ? { from: range.start, to: Math.min(seconds, range.start + range.duration) } : null
  const stage = useSongStage(source, stretch)

  function onDown(event: React.PointerEvent, edge: 'start' | 'end' | null = null): void {
    if (event.button !== 0) return
    event.stopPropagation()
    stage.box.current?.setPointerCapture(event.pointerId)
    if (stage.takesPinch(event)) drag.current = null
    else drag.current = { x: event.clientX, time: stage.timeAt(event.clientX), edge, moved: false }
  }
  function onMove(event: React.PointerEvent): void {
    const now = drag.current
    if (stage.takesPinch(event) || !now) return
    now.moved ||= Math.abs(event.clientX - now.x) > CLICK_PX
    if (!now.moved || !range || range.disabled) return
    const moments = ticks.map((tick) => tick.time)
    const near = (moment: number) => (event.altKey ? moment : snapped(moment, moments, stage.secondsOf(SNAP_PX)))
    const to = near(stage.timeAt(event.clientX))
    range.onChange(now.edge ? moveEdge(range, now.edge, to, seconds) : rangeBetween(near(now.time), to, range, seconds))
  }
  function onUp(event: React.PointerEvent): void {
    const now = drag.current
    drag.current = null
    if (stage.takesPinch(event) || !now) return
    if (!now.moved && !now.edge) stage.player.seek(stage.timeAt(event.clientX))
    else range?.onDone()
  }

  return (
    <SongStageView
      stage={stage}
      ticks={ticks}
      sections={sections}
      plot={{
        role: 'img',
        'aria-label': label,
        onPointerDown: onDown,
        onPointerMove: onMove,
        onPointerUp: onUp,
        onPointerCancel: onUp,
      }}
      over={
        range && (
          <div className="song-grips">
            <SongRangeGrips
              range={range}
              view={stage.view}
              seconds={seconds}
              onGrab={(edge, event) => onDown(event, edge)}
            />
          </div>
        )
      }
    />
  )
}
