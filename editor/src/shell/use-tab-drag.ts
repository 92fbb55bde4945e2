import { useRef, useState } from 'react'
import { moveTab, tabsStore } from './tabs-store.ts'

/** Less is a click with an unsteady hand. */
const START_PX = 6

/** Dragging a tab along the row moves it as it passes its neighbours' middles. Fingers scroll the row instead. */
export function useTabDrag(id: string) {
  const from = useRef<number | null>(null)
  const [dragging, setDragging] = useState(false)
  const end = () => {
    from.current = null
    setDragging(false)
  }
  const handlers = {
    onPointerDown: (event: React.PointerEvent<HTMLElement>) => {
      if (event.button === 0 && event.pointerType !== 'touch') from.current = event.clientX
    },
    onPointerMove: (event: React.PointerEvent<HTMLElement>) => {
      if (from.current === null) return
      if (!dragging && Math.abs(event.clientX - from.current) < START_PX) return
      if (!dragging) {
        setDragging(true)
        event.currentTarget.setPointerCapture(event.pointerId)
      }
      moveTab(id, placeAt(event.currentTarget, event.clientX))
    },
    onPointerUp: end,
    onPointerCancel: end,
  }
  return { dragging, handlers }
}

/** How far into a neighbour a tab is held before they change places; past its middle they stay changed. */
const INTO_NEIGHBOUR = 0.4

/** The place in the row for a tab held at `x`. */
function placeAt(tab: HTMLElement, x: number): number {
  const own = tab.closest('.tab')
  const row = [...(own?.parentElement?.querySelectorAll('.tab') ?? [])]
  const at = tabsStore.getState().tabs.findIndex((one) => one.id === tab.dataset.tab)
  const left = row.slice(0, at).filter((other) => x > pointOf(other, 1 - INTO_NEIGHBOUR)).length
  const right = row.slice(at + 1).filter((other) => x > pointOf(other, INTO_NEIGHBOUR)).length
  return left + right
}

function pointOf(element: Element, share: number): number {
  const { left, width } = element.getBoundingClientRect()
  return left + width * share
}
