import { useReactFlow } from '@xyflow/react'
import { useRef, useState } from 'react'
import { addAssetNode } from '../assets/add-asset-node.ts'
import { carriedAsset, carriesAsset } from '../assets/asset-drag.ts'
import { type DragSummary, summarizeDrag } from './drag-summary.ts'
import { takeFiles } from './take-files.ts'

/** Files dragged over the canvas: what they would become, and taking them when they are let go. */
export function useFileDrop() {
  const flow = useReactFlow()
  const [dragged, setDragged] = useState<DragSummary | null>(null)
  const depth = useRef(0)
  const hasFiles = (event: React.DragEvent) => event.dataTransfer.types.includes('Files')
  const handlers = {
    onDragEnter: (event: React.DragEvent) => {
      if (!hasFiles(event)) return
      depth.current += 1
      setDragged(summarizeDrag([...event.dataTransfer.items]))
    },
    onDragLeave: () => {
      depth.current = Math.max(0, depth.current - 1)
      if (depth.current === 0) setDragged(null)
    },
    onDragOver: (event: React.DragEvent) => {
      if (hasFiles(event) || carriesAsset(event.dataTransfer)) event.preventDefault()
    },
    onDrop: (event: React.DragEvent) => {
      depth.current = 0
      setDragged(null)
      const asset = event.defaultPrevented ? null : carriedAsset(event.dataTransfer)
      if (asset) {
        event.preventDefault()
        addAssetNode(asset, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }))
        return
      }
      // A file widget under the pointer has taken it already.
      if (!hasFiles(event) || event.defaultPrevented) return
      event.preventDefault()
      void takeFiles([...event.dataTransfer.files], flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }))
    },
  }
  return { over: dragged !== null, dragged, handlers }
}
