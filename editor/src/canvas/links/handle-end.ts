import type { HandleType, InternalNode } from '@xyflow/react'
import type { Point } from '../../document/edits.ts'
import type { PortEnd, Side } from '../../document/link-rules.ts'
import { handleOf, portAtHandle } from '../groups/group-ids.ts'

const sideOf = (type: HandleType | null | undefined): Side => (type === 'target' ? 'input' : 'output')

interface HandleName {
  nodeId: string | null
  id?: string | null
  type?: HandleType | null
}

/** The port that a handle on the canvas stands for; on a box or at the border of a sub-graph that is another node's. */
export const endOfHandle = ({ nodeId, id, type }: HandleName): PortEnd => ({
  ...portAtHandle(nodeId ?? '', id ?? ''),
  side: sideOf(type),
})

/** The same for a handle's element, as a click finds it. */
export function endOfElement(element: HTMLElement): PortEnd | null {
  const { nodeid, handleid } = element.dataset
  if (!nodeid || !handleid) return null
  return endOfHandle({ nodeId: nodeid, id: handleid, type: element.classList.contains('target') ? 'target' : 'source' })
}

/** The middle of a port's handle on the canvas; of a port inside a box, that of the box. */
export function handlePoint(nodes: ReadonlyMap<string, InternalNode>, end: PortEnd): Point | null {
  const own = nodes.get(end.node)
  const side = end.side === 'output' ? 'source' : 'target'
  for (const node of own ? [own] : nodes.values()) {
    const name = node === own ? end.port : handleOf(end)
    const handle = node.internals.handleBounds?.[side]?.find(({ id }) => id === name)
    if (!handle) continue
    const { x, y } = node.internals.positionAbsolute
    return { x: x + handle.x + handle.width / 2, y: y + handle.y + handle.height / 2 }
  }
  return null
}
