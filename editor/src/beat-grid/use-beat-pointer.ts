import { useRef } from 'react'
import { panned, type SongWindow, snapped } from '../previews/song-window.ts'
import type { SongStage } from '../previews/use-song-stage.ts'
import { beatAt } from './beat-places.ts'
import type { BeatEdits } from './use-beat-edits.ts'

const CLICK_PX = 4
const SNAP_PX = 7
const MOUSE_REACH_PX = 6
/** Half of what a finger needs. */
const TOUCH_REACH_PX = 22
const DOUBLE_MS = 400
const DOUBLE_PX = 24

interface Drag {
  x: number
  /** The beat taken up; null: the ground. */
  beat: number | null
  view: SongWindow
  moved: boolean
}

interface PointerParts {
  stage: SongStage
  edits: BeatEdits
  disabled: boolean
  /** Moments that beats are drawn to. */
  onsets: readonly number[]
  select(beat: number | null): void
}

/**
 * Mouse, pen and fingers on the grid: a tick is dragged (to where something begins to sound, unless Alt is held), a
 * click selects it or moves the playhead, a double click on the ground adds a beat, dragging the ground moves along.
 */
export function useBeatPointer({ stage, edits, disabled, onsets, select }: PointerParts) {
  const drag = useRef<Drag | null>(null)
  const lastClick = useRef<{ at: number; x: number } | null>(null)
  const { beats } = edits.beats

  const placeOf = (event: React.PointerEvent): number => {
    const time = stage.timeAt(event.clientX)
    const place = event.altKey ? time : snapped(time, onsets, stage.secondsOf(SNAP_PX))
    return Math.round(place * 1e4) / 1e4
  }

  function onPointerDown(event: React.PointerEvent): void {
    if (event.button !== 0) return
    event.stopPropagation()
    stage.box.current?.setPointerCapture(event.pointerId)
    if (stage.takesPinch(event)) {
      drag.current = null
      edits.preview(null)
      return
    }
    const reach = stage.secondsOf(event.pointerType === 'mouse' ? MOUSE_REACH_PX : TOUCH_REACH_PX)
    const beat = beats[beatAt(beats, stage.timeAt(event.clientX), reach)] ?? null
    drag.current = { x: event.clientX, beat, view: stage.view, moved: false }
    if (beat !== null) select(beat)
  }
  function onPointerMove(event: React.PointerEvent): void {
    const now = drag.current
    if (stage.takesPinch(event) || !now) return
    now.moved ||= Math.abs(event.clientX - now.x) > CLICK_PX
    if (!now.moved) return
    if (now.beat === null) {
      stage.setView(panned(now.view, -stage.secondsOf(event.clientX - now.x), stage.source.seconds))
    } else if (!disabled) {
      const to = placeOf(event)
      edits.preview({ do: 'move', at: now.beat, to })
      select(to)
    }
  }
  function onPointerUp(event: React.PointerEvent): void {
    const now = drag.current
    drag.current = null
    if (stage.takesPinch(event) || !now) return
    if (event.type === 'pointercancel') {
      edits.preview(null)
      select(now.beat)
    } else if (now.moved) {
      if (now.beat !== null) edits.keepPreview()
    } else if (now.beat === null) onGround(event)
  }
  function onGround(event: React.PointerEvent): void {
    const before = lastClick.current
    lastClick.current = { at: event.timeStamp, x: event.clientX }
    if (before && event.timeStamp - before.at < DOUBLE_MS && Math.abs(event.clientX - before.x) < DOUBLE_PX) {
      lastClick.current = null
      if (disabled) return
      const at = placeOf(event)
      edits.add({ do: 'add', at })
      select(at)
    } else {
      stage.setHead(stage.timeAt(event.clientX))
      select(null)
    }
  }
  /** A finger that rests here drags; it asks for no menu. */
  function onContextMenu(event: React.MouseEvent): void {
    if (!drag.current) return
    event.preventDefault()
    event.stopPropagation()
  }
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onContextMenu }
}
