import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { canvasStore } from '../canvas-store.ts'
import { isMoving, SMALL_GRAPH } from '../view/zoom-level.ts'

const BUDGET_MS = 8

/** Nodes drawn as their title that wait for their fields, oldest first. */
const waiting = new Set<() => void>()
let pumping = false

/** Draws fields frame by frame, and none while the canvas moves, so that panning over a large graph stays smooth. */
function pump(): void {
  pumping = false
  const end = performance.now() + BUDGET_MS
  if (!isMoving()) {
    for (const fill of waiting) {
      waiting.delete(fill)
      flushSync(fill)
      if (performance.now() > end) break
    }
  }
  schedule()
}

function schedule(): void {
  if (pumping || waiting.size === 0) return
  pumping = true
  requestAnimationFrame(pump)
}

/** Whether a node draws its fields yet. */
export function useFilledIn(wanted: boolean): boolean {
  const [filled, setFilled] = useState(() => wanted && canvasStore.getState().nodes.length <= SMALL_GRAPH)
  useEffect(() => {
    if (!wanted) {
      setFilled(false)
      return
    }
    const fill = () => setFilled(true)
    waiting.add(fill)
    schedule()
    return () => {
      waiting.delete(fill)
    }
  }, [wanted])
  return wanted && filled
}
