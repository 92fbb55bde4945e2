import { type FinalConnectionState, type HandleType, useReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import { documentStore } from '../../document/document-store.ts'
import { type Point, removeLink } from '../../document/edits.ts'
import { isLocked, type PortEnd } from '../../document/link-rules.ts'
import { canvasStore, type FlowEdge } from '../canvas-store.ts'
import { dropOnNode } from './drop-on-node.ts'
import { endOfElement, endOfHandle } from './handle-end.ts'
import { dropPull, endKey, pullFromPort, pullStore, refusalAt, startPull, stopPull } from './pull-store.ts'

/** Drags that end where they began change nothing; px on the screen. */
const STAY_PX = 10

interface HandleStart {
  nodeId: string | null
  handleId: string | null
  handleType: HandleType | null
}

/** Pulling cables: fitting ports light up, a bad end is refused with its reason, an end in the open asks for a node. */
export function useLinking() {
  const flow = useReactFlow()
  return useMemo(() => {
    /** The link whose end was taken hold of, beside a port. */
    let held: FlowEdge | null = null

    function onConnectStart(event: MouseEvent | TouchEvent, { nodeId, handleId, handleType }: HandleStart): void {
      if (!nodeId || !handleId) return
      canvasStore.setState({ bubble: null, chooser: null, palette: null })
      const end = endOfHandle({ nodeId, id: handleId, type: handleType })
      if (held?.data) {
        const { from, to } = held.data.ends
        startPull(
          [end.side === 'output' ? { ...from, side: 'output' } : { ...to, side: 'input' }],
          [held.data.ends],
          false,
        )
      } else pullFromPort(end, { all: event.shiftKey, tapped: false })
    }

    function onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
      const { pull } = pullStore.getState()
      stopPull()
      held = null
      const [anchor] = pull?.anchors ?? []
      if (!pull || !anchor) return
      const screen = screenPoint(event)
      const began = state.from && flow.flowToScreenPosition(state.from)
      const handle = handleUnder(screen) ?? (state.toHandle ? endOfHandle(state.toHandle) : null)
      const stayed = began && Math.hypot(began.x - screen.x, began.y - screen.y) < STAY_PX
      if (stayed || (handle && state.fromHandle && endKey(handle) === endKey(endOfHandle(state.fromHandle)))) return
      if (handle) {
        endAt(handle, screen)
        return
      }
      const below = document.elementFromPoint(screen.x, screen.y)
      const param = below?.closest<HTMLElement>('[data-param]')?.dataset.param
      const node = below?.closest<HTMLElement>('.react-flow__node')?.dataset.id
      if (node && param && anchor.side === 'output') {
        endAt({ node, port: param, side: 'input' }, screen)
        return
      }
      if (node) {
        dropOnNode(screen, pull, node)
        return
      }
      if (!below?.closest('.react-flow__pane')) return
      if (pull.moving.length > 0) {
        removeLinks(
          pull.moving.map(({ to }) => to.node),
          () => {
            for (const link of pull.moving) documentStore.getState().edit(removeLink(link))
          },
        )
        return
      }
      canvasStore.setState({ palette: { screen, at: flow.screenToFlowPosition(screen), port: anchor } })

      function endAt(end: PortEnd, where: Point): void {
        const refusal = refusalAt(pull!, end)
        if (!refusal) dropPull(pull!, end)
        else canvasStore.setState({ bubble: { screen: where, refusal, a: anchor!, b: end, moving: pull!.moving } })
      }

      function removeLinks(nodes: string[], remove: () => void): void {
        const { workflow, gesture } = documentStore.getState()
        const locked = nodes.find((id) => isLocked(workflow, id))
        if (!locked) {
          gesture(remove)
          return
        }
        const refusal = { code: 'locked' as const, node: locked }
        canvasStore.setState({ bubble: { screen, refusal, a: anchor!, b: anchor!, moving: [] } })
      }
    }

    return {
      isValidConnection: () => true,
      onConnectStart,
      onConnectEnd,
      onReconnectStart: (_: unknown, edge: FlowEdge) => {
        held = edge
      },
      // The end of the pull has done the work; this only tells the canvas that ends can be taken hold of.
      onReconnect: () => {},
    }
  }, [flow])
}

/** The port right under the pointer comes before any that is merely near. */
function handleUnder(screen: Point): PortEnd | null {
  const handle = document.elementFromPoint(screen.x, screen.y)?.closest<HTMLElement>('.react-flow__handle')
  return handle ? endOfElement(handle) : null
}

function screenPoint(event: MouseEvent | TouchEvent): Point {
  const point = 'changedTouches' in event ? event.changedTouches[0]! : event
  return { x: point.clientX, y: point.clientY }
}
