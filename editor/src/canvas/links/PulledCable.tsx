import { type ConnectionLineComponentProps, useStoreApi } from '@xyflow/react'
import { documentStore } from '../../document/document-store.ts'
import { portOf } from '../../document/link-rules.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { lookOf } from '../ports/port-look.ts'
import { endOfHandle, handlePoint } from './handle-end.ts'
import { linkPath } from './link-path.ts'
import { endKey, usePull } from './pull-store.ts'

/** The cable in the hand, one line for each link that is moved; it snaps to a port that takes it. */
export function PulledCable({ fromX, fromY, fromHandle, toX, toY, toHandle, pointer }: ConnectionLineComponentProps) {
  const pull = usePull()
  const shape = useView((state) => state.linkShape)
  const store = useStoreApi()
  if (!pull) return null
  const { nodeLookup, transform } = store.getState()
  const fits = toHandle && pull.fitting.has(endKey(endOfHandle(toHandle)))
  const free = {
    x: (pointer.x - transform[0]) / transform[2],
    y: (pointer.y - transform[1]) / transform[2],
  }
  const snapped = toHandle && handlePoint(nodeLookup, endOfHandle(toHandle))
  const tip = fits ? (snapped ?? { x: toX, y: toY }) : free
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  return pull.anchors.map((anchor) => {
    const isStart = endKey(anchor) === endKey(endOfHandle(fromHandle))
    const start = isStart ? { x: fromX, y: fromY } : handlePoint(nodeLookup, anchor)
    if (!start) return null
    const colour = lookOf(portOf(workflow, descriptors, anchor)?.type ?? 'ANY').colour
    const path = anchor.side === 'output' ? linkPath(shape, start, tip) : linkPath(shape, tip, start)
    return (
      <path
        key={endKey(anchor)}
        d={path}
        className="react-flow__connection-path pulled-cable"
        data-snapped={Boolean(fits)}
        style={{ stroke: colour }}
      />
    )
  })
}
