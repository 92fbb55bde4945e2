import { useReactFlow } from '@xyflow/react'
import { useRef, useState } from 'react'
import { takeFiles } from './take-files.ts'

/** Files dragged over the canvas. */
export function useFileDrop() {
  const flow = useReactFlow()
  const [over, setOver] = useState(false)
  const depth = useRef(0)
  const hasFiles = (event: React.DragEvent) => event.dataTransfer.types.includes('Files')
  const handlers = {
    onDragEnter: (event: React.DragEvent) => {
      if (!hasFiles(event)) return
      depth.current += 1
      setOver(true)
    },
    onDragLeave: () => {
      depth.current = Math.max(0, depth.current - 1)
      if (depth.current === 0) setOver(false)
    },
    onDragOver: (event: React.DragEvent) => {
      if (hasFiles(event)) event.preventDefault()
    },
    onDrop: (event: React.DragEvent) => {
      depth.current = 0
      setOver(false)
      // A file widget under the pointer has taken it already.
      if (!hasFiles(event) || event.defaultPrevented) return
      event.preventDefault()
      void takeFiles([...event.dataTransfer.files], flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }))
    },
  }
  return { over, handlers }
}
