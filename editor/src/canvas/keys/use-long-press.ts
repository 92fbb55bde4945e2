import { useRef } from 'react'

const LONG_PRESS_MS = 500
/** A finger never rests quite still. */
const STILL_PX = 8

/** A finger held still asks for the menu, as the right button does. */
export function useLongPress() {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null)
  const end = () => {
    if (press.current) clearTimeout(press.current.timer)
    press.current = null
  }
  return {
    onPointerDownCapture(event: React.PointerEvent): void {
      end()
      if (event.pointerType === 'mouse' || !event.isPrimary) return
      const { clientX, clientY, target } = event
      const timer = setTimeout(() => {
        press.current = null
        target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY }))
      }, LONG_PRESS_MS)
      press.current = { timer, x: clientX, y: clientY }
    },
    onPointerMoveCapture({ clientX, clientY }: React.PointerEvent): void {
      const { x, y } = press.current ?? { x: clientX, y: clientY }
      if (Math.hypot(clientX - x, clientY - y) > STILL_PX) end()
    },
    onPointerUpCapture: end,
    onPointerCancelCapture: end,
    // A system that asks by itself has asked already.
    onContextMenuCapture: end,
  }
}
