import { applyEdgeChanges, type EdgeChange, type NodeChange, useReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import { documentStore } from '../document/document-store.ts'
import { addToSelection, canvasStore, type FlowEdge, type FlowNode, selectedItems, selectOnly } from './canvas-store.ts'
import { applyChanges, commitDrag, showJoin } from './groups/group-drag.ts'
import { insertReroute } from './links/link-actions.ts'
import { aimAtLink, dropOnLink } from './links/link-drop.ts'
import { endDrag, pointOf, startDrag } from './node-drag.ts'
import { alignDragged } from './view/align-guides.ts'

/** Selection and places while dragging stay in the view; a drag becomes one edit when it ends. */
export function useCanvasEvents() {
  const flow = useReactFlow()
  return useMemo(() => {
    const commit = (event: MouseEvent | TouchEvent | React.MouseEvent, _: unknown, moved: FlowNode[]) => {
      documentStore.getState().gesture(() => {
        commitDrag(moved)
        dropOnLink()
      })
      endDrag(event.shiftKey)
    }
    return {
      onNodesChange: (changes: NodeChange<FlowNode>[]) => {
        const wanted = changes.filter((change) => change.type !== 'remove')
        const aligned = alignDragged(wanted)
        canvasStore.setState((state) => ({ nodes: applyChanges(aligned, state.nodes) }))
      },
      onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => {
        const wanted = changes.filter((change) => change.type !== 'remove')
        canvasStore.setState((state) => ({ edges: applyEdgeChanges(wanted, state.edges) }))
      },
      onNodeClick: (event: React.MouseEvent, { id }: FlowNode) => {
        if (event.ctrlKey || event.metaKey) return
        if (event.shiftKey) addToSelection(id)
        // A click on one of several selected nodes means that one; React Flow would keep them all.
        else if (selectedItems().length > 1) selectOnly([id])
      },
      onNodeDragStart: () => startDrag(flow.getZoom()),
      onNodeDrag: (event: MouseEvent | TouchEvent | React.MouseEvent, { id }: FlowNode, moved: FlowNode[]) => {
        if (moved.length === 1) aimAtLink(id, pointOf(event))
        showJoin(moved)
      },
      onNodeDragStop: commit,
      onSelectionDragStart: () => startDrag(flow.getZoom()),
      onSelectionDrag: (_: unknown, moved: FlowNode[]) => showJoin(moved),
      onSelectionDragStop: (event: React.MouseEvent, moved: FlowNode[]) => commit(event, null, moved),
      onEdgeDoubleClick: (event: React.MouseEvent, { data }: FlowEdge) => {
        if (data) insertReroute(data.ends, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }))
      },
      onPaneMouseMove: (event: React.MouseEvent) => {
        canvasStore.setState({ pointer: flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }) })
      },
      onPaneClick: (event: React.MouseEvent) => {
        canvasStore.setState({ bubble: null, chooser: null, palette: null })
        if (event.detail !== 2) return
        const screen = { x: event.clientX, y: event.clientY }
        canvasStore.setState({ palette: { screen, at: flow.screenToFlowPosition(screen), port: null } })
      },
    }
  }, [flow])
}
