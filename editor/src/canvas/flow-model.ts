import type { Workflow } from '@beatloom/core'
import { placesOf } from '../document/auto-layout.ts'
import { allLinks, type LinkEnds } from '../document/edits.ts'
import { type Descriptors, portOf } from '../document/link-rules.ts'
import type { FlowEdge, FlowNode } from './canvas-store.ts'
import { lookOf } from './port-look.ts'

/** React Flow's nodes for a document; those that did not change stay the same objects, so nothing else repaints. */
export function flowNodes(workflow: Workflow, before: readonly FlowNode[]): FlowNode[] {
  const known = new Map(before.map((node) => [node.id, node]))
  const places = placesOf(workflow)
  return Object.keys(workflow.nodes).map((id): FlowNode => {
    const old = known.get(id)
    const position = places[id]!
    if (old && old.position.x === position.x && old.position.y === position.y) return old
    return old ? { ...old, position } : { id, type: 'workflow', position, data: {} }
  })
}

export const edgeId = ({ from, to }: LinkEnds): string => JSON.stringify([from.node, from.port, to.node, to.port])

export function flowEdges(workflow: Workflow, descriptors: Descriptors, before: readonly FlowEdge[]): FlowEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]))
  return allLinks(workflow)
    .filter(({ from }) => from.node in workflow.nodes)
    .map((ends): FlowEdge => {
      const id = edgeId(ends)
      const type = portOf(workflow, descriptors, { ...ends.from, side: 'output' })?.type ?? 'ANY'
      const colour = lookOf(type).colour
      const old = known.get(id)
      if (old?.style?.stroke === colour) return old
      return {
        id,
        source: ends.from.node,
        sourceHandle: ends.from.port,
        target: ends.to.node,
        targetHandle: ends.to.port,
        data: { ends },
        style: { stroke: colour },
        ariaLabel: `${ends.from.node}.${ends.from.port} → ${ends.to.node}.${ends.to.port}`,
        ...(old?.selected ? { selected: true } : {}),
      }
    })
}
