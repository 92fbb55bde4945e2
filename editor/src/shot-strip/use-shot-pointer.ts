import { useRef } from 'react'
import { panned, type SongWindow, snapped } from '../previews/song-window.ts'
import type { SongStage } from '../previews/use-song-stage.ts'
import { cutAt, tidySeconds } from './shot-plan.ts'
import type { ShotEdits } from './use-shot-edits.ts'

const CLICK_PX = 4
const SNAP_PX = 9
const MOUSE_REACH_PX = 5
const TOUCH_REACH_PX = 16

interface Drag {
  x: number
  /** Where the edge taken up was; null: a shot or the ground. */
  edge: number | null
  view: SongWindow
  moved: boolean
}

interface PointerParts {
  stage: SongStage
  edits: ShotEdits
  disabled: boolean
  beats: readonly number[]
  onClick(seconds: number): void
}

/**
 * Mouse, pen and fingers on the waveform and on the cells under it: an edge is dragged (to the nearest beat, unless Alt is
 * held), a click chooses a shot, dragging elsewhere moves along.
 */
export function useShotPointer({ stage, edits, disabled, beats, onClick }: PointerParts) {
  const drag = useRef<Drag | null>(null)

  function onPointerDown(event: React.PointerEvent): void {
    if (event.button !== 0) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    if (stage.takesPinch(event)) {
      drag.current = null
      edits.preview(null)
      return
    }
    const reach = stage.secondsOf(event.pointerType === 'mouse' ? MOUSE_REACH_PX : TOUCH_REACH_PX)
    const index = disabled ? -1 : cutAt(edits.plan, stage.timeAt(event.clientX), reach)
    const edge = edits.plan.shots[index]?.startSeconds ?? null
    drag.current = { x: event.clientX, edge, view: stage.view, moved: false }
  }
  function onPointerMove(event: React.PointerEvent): void {
    const now = drag.current
    if (stage.takesPinch(event) || !now) return
    now.moved ||= Math.abs(event.clientX - now.x) > CLICK_PX
    if (!now.moved) return
    if (now.edge === null) {
      stage.setView(panned(now.view, -stage.secondsOf(event.clientX - now.x), stage.source.seconds))
      return
    }
    const time = stage.timeAt(event.clientX)
    const to = event.altKey ? time : snapped(time, beats, stage.secondsOf(SNAP_PX))
    edits.preview({ do: 'move', at: tidySeconds(now.edge), to: tidySeconds(to) })
  }
  function onPointerUp(event: React.PointerEvent): void {
    const now = drag.current
    drag.current = null
    if (stage.takesPinch(event) || !now) return
    if (event.type === 'pointercancel') edits.preview(null)
    else if (!now.moved) onClick(stage.timeAt(event.clientX))
    else if (now.edge !== null) edits.keepPreview()
  }
  /** A finger that rests here drags; it asks for no menu. */
  function onContextMenu(event: React.MouseEvent): void {
    if (!drag.current) return
    event.preventDefault()
    event.stopPropagation()
  }
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onContextMenu }
}
