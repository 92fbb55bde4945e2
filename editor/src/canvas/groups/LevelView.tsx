import { useStore as useFlowStore, useReactFlow } from '@xyflow/react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { documentStore } from '../../document/document-store.ts'
import { canvasStore, type FlowEdge, type FlowNode, itemOfNode } from '../canvas-store.ts'
import { forgetViewports, keepViewport, revealStore, viewportOf } from '../view/reveal.ts'

const PADDING = 0.12
const QUICK_MS = 250

/**
 * Where the view stands on each level: an entered sub-graph is shown whole, one that is come back to as it was left. A
 * node to be shown is brought to the middle once it is drawn.
 */
export function LevelView() {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const wanted = useStore(revealStore, (state) => state.node)
  const [entered, setEntered] = useState<readonly string[] | null>(null)
  // Asked only while something waits for it: the flow's store changes with every frame of a pan.
  const waits = wanted !== null || entered !== null
  const measured = useFlowStore(
    ({ nodes }) => waits && nodes.length > 0 && nodes.every((node) => node.measured?.width !== undefined),
  )

  useEffect(() => {
    let { openedCount } = documentStore.getState()
    return canvasStore.subscribe((state, before) => {
      if (state.path === before.path) return
      if (documentStore.getState().openedCount !== openedCount) {
        openedCount = documentStore.getState().openedCount
        forgetViewports()
        return
      }
      keepViewport(before.path, flow.getViewport())
      setEntered(state.path)
    })
  }, [flow])

  useEffect(() => {
    if (!measured) return
    if (wanted !== null) {
      revealStore.setState({ node: null })
      setEntered(null)
      void flow.fitView({ nodes: [{ id: itemOfNode(wanted) }], maxZoom: 1, padding: PADDING, duration: quick() })
    } else if (entered !== null) {
      setEntered(null)
      const kept = viewportOf(entered)
      if (kept) void flow.setViewport(kept)
      else void flow.fitView({ padding: PADDING, maxZoom: 1 })
    }
  }, [measured, wanted, entered, flow])
  return null
}

const quick = (): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : QUICK_MS)
