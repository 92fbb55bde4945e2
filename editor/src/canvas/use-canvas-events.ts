import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange, useReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import { documentStore } from '../document/document-store.ts'
import { moveNodes } from '../document/edits.ts'
import { canvasStore, type FlowEdge, type FlowNode } from './canvas-store.ts'

/** Selection and places while dragging stay in the view; a drag becomes one edit when it ends. */
export function useCanvasEvents() {
  const flow = useReactFlow()
  return useMemo(() => {
    const commit = (_: unknown, __: unknown, moved: FlowNode[]) =>
      documentStore.getState().edit(moveNodes(Object.fromEntries(moved.map((node) => [node.id, node.position]))))
    return {
      onNodesChange: (changes: NodeChange<FlowNode>[]) => {
        const wanted = changes.filter((change) => change.type !== 'remove')
        canvasStore.setState((state) => ({ nodes: applyNodeChanges(wanted, state.nodes) }))
      },
      onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => {
        const wanted = changes.filter((change) => change.type !== 'remove')
        canvasStore.setState((state) => ({ edges: applyEdgeChanges(wanted, state.edges) }))
      },
      onNodeDragStop: commit,
      onSelectionDragStop: (event: unknown, moved: FlowNode[]) => commit(event, null, moved),
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
