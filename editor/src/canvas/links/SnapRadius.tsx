import { useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import { isMoving, zoomStore } from '../view/zoom-level.ts'

/** A cable snaps to ports this near, in px on the screen. */
const SNAP_PX = 24

/**
 * React Flow measures the distance on the canvas, so it depends on the zoom. Set when the canvas rests: telling every
 * node's subscription of it in the middle of a zoom costs frames, and nobody pulls a cable then.
 */
export function SnapRadius() {
  const store = useStoreApi()
  useEffect(() => {
    const follow = () => {
      const { transform, connectionRadius } = store.getState()
      const radius = SNAP_PX / (transform[2] || 1)
      if (!isMoving() && radius !== connectionRadius) store.setState({ connectionRadius: radius })
    }
    follow()
    const stops = [store.subscribe(follow), zoomStore.subscribe(follow)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [store])
  return null
}
