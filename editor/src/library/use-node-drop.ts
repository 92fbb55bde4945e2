import { useReactFlow } from '@xyflow/react'
import { useEffect } from 'react'
import { placeNode } from '../canvas/actions.ts'
import { type FlowEdge, type FlowNode, selectOnly } from '../canvas/canvas-store.ts'

/** Names what is dragged from the library, so that it is told apart from files. */
export const NODE_DRAG = 'application/x-beatloom-node'

/** A node dragged from the library lands where it is let go on the canvas. */
export function useNodeDrop(): void {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  useEffect(() => {
    const isOurs = (event: DragEvent) =>
      event.dataTransfer?.types.includes(NODE_DRAG) && (event.target as Element).closest?.('.canvas')
    function onDragOver(event: DragEvent): void {
      if (!isOurs(event)) return
      event.preventDefault()
      event.stopPropagation()
      event.dataTransfer!.dropEffect = 'copy'
    }
    function onDrop(event: DragEvent): void {
      if (!isOurs(event)) return
      event.preventDefault()
      event.stopPropagation()
      const screen = { x: event.clientX, y: event.clientY }
      selectOnly([])
      placeNode(event.dataTransfer!.getData(NODE_DRAG), { screen, at: flow.screenToFlowPosition(screen), port: null })
    }
    addEventListener('dragenter', onDragOver, true)
    addEventListener('dragover', onDragOver, true)
    addEventListener('drop', onDrop, true)
    return () => {
      removeEventListener('dragenter', onDragOver, true)
      removeEventListener('dragover', onDragOver, true)
      removeEventListener('drop', onDrop, true)
    }
  }, [flow])
}
