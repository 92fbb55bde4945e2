import { useStoreApi, ViewportPortal } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { onViewChange } from './on-view-change.ts'

const GAP = 24
/** Dots closer together than this on the screen are noise; every second one goes. */
const CLOSEST_PX = 14
/** Of the size of the canvas: how far the ground reaches beyond it on each side. */
const SPARE = 0.5
/** Dots laid at one zoom look as they should up to half and twice of it; nearer, they are laid anew when the zoom rests. */
const MOST_DOUBLINGS = 1

/**
 * The dotted ground, in the layer of the nodes: it moves and grows with them without being painted again. It reaches
 * beyond the canvas and is laid anew when the view comes near its edge or has zoomed.
 */
export function Dots() {
  const store = useStoreApi()
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let laid = { left: 0, top: 0, right: 0, bottom: 0, zoom: 0 }
    let waiting: ReturnType<typeof setTimeout> | undefined
    const lay = () => {
      const { transform, width, height } = store.getState()
      const [x, y, zoom] = transform
      const ground = ref.current
      if (!ground) return
      let gap = GAP
      while (gap * zoom < CLOSEST_PX) gap *= 2
      const down = (value: number) => Math.floor(value / gap) * gap
      const left = down((-x - width * SPARE) / zoom)
      const top = down((-y - height * SPARE) / zoom)
      const right = left + (width * (1 + 2 * SPARE)) / zoom + gap
      const bottom = top + (height * (1 + 2 * SPARE)) / zoom + gap
      laid = { left, top, right, bottom, zoom }
      ground.style.cssText = `left:${left}px;top:${top}px;width:${right - left}px;height:${bottom - top}px;--gap:${gap}px;--dot:${1.1 / Math.min(1, zoom)}px`
    }
    const follow = () => {
      const { transform, width, height } = store.getState()
      const [x, y, zoom] = transform
      const covered =
        -x / zoom >= laid.left &&
        -y / zoom >= laid.top &&
        (width - x) / zoom <= laid.right &&
        (height - y) / zoom <= laid.bottom
      const strange = Math.abs(Math.log2(zoom / laid.zoom)) > MOST_DOUBLINGS
      if (!covered || strange) lay()
      else if (zoom !== laid.zoom) {
        clearTimeout(waiting)
        waiting = setTimeout(lay, 200)
      }
    }
    lay()
    const stop = onViewChange(store, follow)
    return () => {
      clearTimeout(waiting)
      stop()
    }
  }, [store])
  return (
    <ViewportPortal>
      <div ref={ref} className="canvas-dots" aria-hidden="true" />
    </ViewportPortal>
  )
}
