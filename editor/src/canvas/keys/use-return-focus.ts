import { useEffect, useState } from 'react'
import { canvasElement } from '../view/canvas-focus.ts'

/** When an overlay goes, the focus returns to where it was before, or to the canvas. */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement as HTMLElement | null)
  useEffect(
    () => () => {
      if (document.activeElement !== document.body) return
      const target = before?.isConnected && before !== document.body ? before : canvasElement()
      target?.focus({ preventScroll: true })
    },
    [before],
  )
}
