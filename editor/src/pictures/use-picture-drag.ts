import { useEffect, useRef, useState } from 'react'
import { moved, nearestPlace } from './order.ts'

/** Less is a click with an unsteady hand. */
const START_PX = 6

interface Held {
  from: number
  to: number
}

/**
 * Dragging a picture along the list: the others make room as it passes, and letting go keeps the order. Fingers scroll
 * instead; for them there are buttons. Escape puts it back.
 */
export function usePictureDrag(count: number, onMove: (from: number, to: number) => void) {
  const start = useRef<{ from: number; x: number; y: number } | null>(null)
  const [held, setHeld] = useState<Held | null>(null)
  const isHeld = held !== null
  const letGo = () => {
    start.current = null
    setHeld(null)
  }
  useEffect(() => {
    if (!isHeld) return
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      start.current = null
      setHeld(null)
    }
    addEventListener('keydown', onEscape, true)
    return () => removeEventListener('keydown', onEscape, true)
  }, [isHeld])

  const indices = Array.from({ length: count }, (_, index) => index)
  const inOrder = held ? moved(indices, held.from, held.to) : indices
  const handlers = (from: number) => ({
    onPointerDown(event: React.PointerEvent<HTMLElement>) {
      if (event.button !== 0 || event.pointerType === 'touch') return
      start.current = { from, x: event.clientX, y: event.clientY }
    },
    onPointerMove(event: React.PointerEvent<HTMLElement>) {
      if (!start.current) return
      // Let go outside of the page, where nobody told.
      if (event.buttons === 0) return letGo()
      const { from } = start.current
      const point = { x: event.clientX, y: event.clientY }
      if (!held && Math.hypot(point.x - start.current.x, point.y - start.current.y) < START_PX) return
      if (!held) event.currentTarget.setPointerCapture(event.pointerId)
      const items = [...(event.currentTarget.closest('ol')?.children ?? [])]
      const to = nearestPlace(
        inOrder.flatMap((index) => items[index]?.getBoundingClientRect() ?? []),
        point,
      )
      if (held?.to !== to) setHeld({ from, to })
    },
    onPointerUp() {
      if (held && held.from !== held.to) onMove(held.from, held.to)
      letGo()
    },
    onPointerCancel: letGo,
  })
  return {
    held: held?.from ?? null,
    handlers,
    /** Where each picture would be if it were let go here. */
    places: indices.map((index) => inOrder.indexOf(index)),
  }
}
