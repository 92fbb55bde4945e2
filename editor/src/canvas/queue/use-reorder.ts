import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from)
  return [...rest.slice(0, to), list[from]!, ...rest.slice(to)]
}

/** The place in a list at which something held at height `y` would land. */
export function placeAt(y: number, boxes: readonly { top: number; height: number }[]): number {
  const below = boxes.findIndex(({ top, height }) => y < top + height / 2)
  return below < 0 ? boxes.length - 1 : below
}

/**
 * Lets the items of a list be dragged by a grip, with mouse, pen or finger, or moved by the arrow keys on it.
 * @param ids in the order of the list.
 * @param onOrder is told the new order once it is let go.
 */
export function useReorder(ids: readonly string[], onOrder: (ids: string[]) => void) {
  const list = useRef<HTMLUListElement>(null)
  const [held, setHeld] = useState<{ id: string; order: string[] } | null>(null)
  const order = held?.order ?? ids

  function grip(id: string) {
    return {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setHeld({ id, order: [...ids] })
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (held?.id !== id || !list.current) return
        const boxes = [...list.current.children].map((item) => item.getBoundingClientRect())
        const [from, to] = [held.order.indexOf(id), placeAt(event.clientY, boxes)]
        if (from !== to) setHeld({ id, order: moved(held.order, from, to) })
      },
      onPointerUp() {
        if (held?.id !== id) return
        if (held.order.join() !== ids.join()) onOrder(held.order)
        setHeld(null)
      },
      onPointerCancel: () => setHeld(null),
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
        const from = ids.indexOf(id)
        const to = from + (by ?? 0)
        if (by === undefined || to < 0 || to >= ids.length) return
        event.preventDefault()
        event.stopPropagation()
        onOrder(moved(ids, from, to))
      },
    }
  }
  return { list, order, heldId: held?.id ?? null, grip }
}
