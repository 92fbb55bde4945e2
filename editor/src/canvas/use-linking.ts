import { type Connection, type FinalConnectionState, type HandleType, useReactFlow } from '@xyflow/react'
import { useMemo, useRef } from 'react'
import { documentStore } from '../document/document-store.ts'
import { linksOf, type Point, removeLink } from '../document/edits.ts'
import { checkLink, fittingPorts, type PortEnd, portOf } from '../document/link-rules.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { link } from './actions.ts'
import { canvasStore, type FlowEdge } from './canvas-store.ts'

const sideOf = (type: HandleType | null | undefined): PortEnd['side'] => (type === 'target' ? 'input' : 'output')

/** Pulling cables: fitting ports light up, a bad end is refused with its reason, an end in the open asks for a node. */
export function useLinking() {
  const flow = useReactFlow()
  /** The link whose end is being moved. */
  const moving = useRef<FlowEdge | null>(null)
  return useMemo(() => {
    const check = (a: PortEnd, b: PortEnd) =>
      checkLink(documentStore.getState().workflow, catalogStore.getState().descriptors, a, b)

    function endsOf(connection: Connection | FlowEdge): [PortEnd, PortEnd] {
      const { source, sourceHandle, target, targetHandle } = connection
      return [
        { node: source, port: sourceHandle ?? '', side: 'output' },
        { node: target, port: targetHandle ?? '', side: 'input' },
      ]
    }

    function onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
      canvasStore.setState({ pulling: null })
      const from = pulledFrom(state)
      if (!from || state.isValid || moving.current) return
      const screen = screenPoint(event)
      const handle = state.toHandle
      if (handle) {
        const to: PortEnd = { node: handle.nodeId, port: handle.id ?? '', side: sideOf(handle.type) }
        showRefusal(screen, from, to)
        return
      }
      const below = document.elementFromPoint(screen.x, screen.y)
      const node = below?.closest<HTMLElement>('.react-flow__node')?.dataset.id
      if (node) {
        dropOnNode(screen, from, node)
        return
      }
      if (!below?.closest('.react-flow__pane')) return
      canvasStore.setState({ palette: { screen, at: flow.screenToFlowPosition(screen), port: from } })
    }

    function showRefusal(screen: Point, a: PortEnd, b: PortEnd): void {
      const result = check(a, b)
      if (!result.ok && !(a.node === b.node && a.port === b.port)) {
        canvasStore.setState({ bubble: { screen, refusal: result.refusal, a, b } })
      }
    }

    /** The first fitting free port takes it; where several would, a small list asks. */
    function dropOnNode(screen: Point, from: PortEnd, node: string): void {
      const { workflow } = documentStore.getState()
      const { descriptors } = catalogStore.getState()
      const descriptor = descriptors.get(workflow.nodes[node]?.type ?? '')
      const port = portOf(workflow, descriptors, from)
      if (!descriptor || !port || node === from.node) return
      const side = from.side === 'output' ? 'input' : 'output'
      const ends = fittingPorts(descriptor, port, from.side)
        .map((fitting): PortEnd => ({ node, port: fitting.name, side }))
        .filter((end) => check(from, end).ok)
      const free = ends.filter(
        (end) => end.side === 'output' || linksOf(workflow.nodes[node]?.links[end.port]).length === 0,
      )
      const choices = free.length > 0 ? free : ends
      if (choices.length === 1) link(from, choices[0]!)
      else if (choices.length > 1) canvasStore.setState({ chooser: { screen, from, ports: choices } })
      else {
        const other = (side === 'input' ? descriptor.inputs : descriptor.outputs)[0]
        if (other) showRefusal(screen, from, { node, port: other.name, side })
      }
    }

    return {
      isValidConnection: (connection: Connection | FlowEdge) => check(...endsOf(connection)).ok,
      onConnectStart: (
        _: unknown,
        {
          nodeId,
          handleId,
          handleType,
        }: { nodeId: string | null; handleId: string | null; handleType: HandleType | null },
      ) => {
        if (!nodeId || !handleId) return
        const pulling: PortEnd = { node: nodeId, port: handleId, side: sideOf(handleType) }
        canvasStore.setState({ pulling, bubble: null, chooser: null, palette: null })
      },
      onConnect: (connection: Connection) => void link(...endsOf(connection)),
      onConnectEnd,
      onReconnectStart: (_: unknown, edge: FlowEdge) => {
        moving.current = edge
      },
      onReconnect: (edge: FlowEdge, connection: Connection) => {
        const { gesture, edit } = documentStore.getState()
        gesture(() => {
          if (edge.data) edit(removeLink(edge.data.ends))
          link(...endsOf(connection))
        })
      },
      onReconnectEnd: (event: MouseEvent | TouchEvent, edge: FlowEdge, _: HandleType, state: FinalConnectionState) => {
        moving.current = null
        canvasStore.setState({ pulling: null })
        if (state.isValid || !edge.data) return
        const from = pulledFrom(state)
        if (state.toHandle && from) {
          const { nodeId, id, type } = state.toHandle
          return showRefusal(screenPoint(event), from, { node: nodeId, port: id ?? '', side: sideOf(type) })
        }
        documentStore.getState().edit(removeLink(edge.data.ends))
      },
    }
  }, [flow])
}

const pulledFrom = ({ fromHandle }: FinalConnectionState): PortEnd | null =>
  fromHandle ? { node: fromHandle.nodeId, port: fromHandle.id ?? '', side: sideOf(fromHandle.type) } : null

function screenPoint(event: MouseEvent | TouchEvent): Point {
  const point = 'changedTouches' in event ? event.changedTouches[0]! : event
  return { x: point.clientX, y: point.clientY }
}
