import { useQuery } from '@tanstack/react-query'
import { type RefObject, useRef, useState } from 'react'
import { getPeaks } from '../api/client.ts'
import { panned, pinched, type SongWindow, showing, whole, zoomed } from './song-window.ts'
import { type SongPlayer, useSongPlayer } from './use-song-player.ts'

export interface SongSource {
  /** The file, where it can be played; null shows the picture alone. */
  reference: string | null
  /** Of the shown stretch. */
  peaks: readonly number[]
  seconds: number
  /** Where in the file the shown stretch begins. */
  offset?: number
  /** Length of the whole file; finer peaks come for all of it. */
  fileSeconds?: number | undefined
}

/** A song in a box: which stretch of it is in sight, where the playhead stands, and what plays. */
export interface SongStage {
  source: SongSource
  box: RefObject<HTMLDivElement | null>
  head: RefObject<HTMLSpanElement | null>
  view: SongWindow
  isZoomed: boolean
  player: SongPlayer
  /** Finer peaks of the whole file, once somebody looked closely. */
  fine: readonly number[] | null
  setView(view: SongWindow): void
  /** Moves the window as little as needed. */
  show(time: number): void
  /** The playhead's place. */
  headTime(): number
  setHead(time: number): void
  timeAt(clientX: number): number
  /** So many pixels of the screen in seconds. */
  secondsOf(px: number): number
  onWheel(event: React.WheelEvent): void
  /** To be told of every pointer event in the box; true once two fingers are down, which zoom and move what is seen. */
  takesPinch(event: React.PointerEvent): boolean
}

/** @param stretch what is played, and where the playhead begins; without it all of it. */
export function useSongStage(source: SongSource, stretch?: { from: number; to: number } | null): SongStage {
  const { reference, seconds, offset = 0 } = source
  const box = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLSpanElement>(null)
  const fingers = useRef(new Map<number, { time: number; clientX: number }>())
  const [view, setView] = useState(() => whole(seconds))
  const viewNow = useRef(view)
  viewNow.current = view
  const time = useRef(stretch?.from ?? 0)
  const isZoomed = view.span < seconds - 1e-6
  const fine = useFinePeaks(isZoomed ? reference : null, source.fileSeconds)
  const player = useSongPlayer(offset, stretch ?? { from: 0, to: seconds }, showHead)

  function showHead(at: number): void {
    time.current = at
    const { from, span } = viewNow.current
    if (head.current) head.current.style.left = `${((at - from) / span) * 100}%`
    if (player.on && (at < from || at > from + span)) setView(panned(viewNow.current, at - from, seconds))
  }
  const shareAt = (clientX: number): number => {
    const { left, width } = box.current!.getBoundingClientRect()
    return (clientX - left) / width
  }
  const timeAt = (clientX: number): number => Math.min(seconds, Math.max(0, view.from + shareAt(clientX) * view.span))

  function takesPinch(event: React.PointerEvent): boolean {
    const down = fingers.current
    if (event.type === 'pointerdown' && event.pointerType === 'touch') {
      down.set(event.pointerId, { time: timeAt(event.clientX), clientX: event.clientX })
      // Each finger holds the moment under it from when the second one came.
      for (const finger of down.values()) finger.time = timeAt(finger.clientX)
    } else if (event.type === 'pointermove') {
      const finger = down.get(event.pointerId)
      if (finger) finger.clientX = event.clientX
      const [a, b] = [...down.values()]
      if (finger && a && b) {
        setView(pinched([a.time, b.time], [shareAt(a.clientX), shareAt(b.clientX)], seconds))
      }
    } else if (event.type === 'pointerup' || event.type === 'pointercancel') {
      const was = down.size
      down.delete(event.pointerId)
      return was > 1
    }
    return down.size > 1
  }

  return {
    ...{ source, box, head, view, isZoomed, player, fine, setView, timeAt, takesPinch },
    show: (at) => setView(showing(viewNow.current, at, seconds)),
    headTime: () => time.current,
    setHead(at) {
      if (player.audio.current) player.seek(at)
      else showHead(at)
    },
    secondsOf: (px) => (px / box.current!.getBoundingClientRect().width) * view.span,
    onWheel(event) {
      if (event.ctrlKey || event.metaKey)
        setView(zoomed(view, 1.2 ** (-event.deltaY / 60), timeAt(event.clientX), seconds))
      else if (isZoomed) setView(panned(view, ((event.deltaX || event.deltaY) / 400) * view.span, seconds))
    },
  }
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
