import { useStore, useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'

/** A cable snaps to ports this near, in px on the screen. */
const SNAP_PX = 24

/** React Flow measures the distance on the canvas, so it depends on the zoom. */
export function SnapRadius() {
  const store = useStoreApi()
  const zoom = useStore((state) => Math.round(state.transform[2] * 20) / 20 || 0.05)
  useEffect(() => store.setState({ connectionRadius: SNAP_PX / zoom }), [store, zoom])
  return null
}
