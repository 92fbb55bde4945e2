import { useReactFlow } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { documentStore } from '../../document/document-store.ts'
import { captureView, setViewReader, viewOf } from '../../shell/tab-view.ts'
import { canvasStore, selectedItems, selectOnly } from '../canvas-store.ts'
import { restoreLevel } from './reveal.ts'

/**
 * Each document keeps its own place on the canvas, its selection and the sub-graph that was entered. `restore` brings
 * them back for the document on screen; false when it has none yet. `settle` says that the view now shows it: what is
 * on the canvas before belongs to another document and is not remembered as its view.
 */
export function useTabView(): { restore(): boolean; settle(): void } {
  const { getViewport, setViewport } = useReactFlow()
  const settledFor = useRef<string | null>(null)
  const settle = useCallback(() => {
    settledFor.current = documentStore.getState().draftId
  }, [])
  useEffect(() => {
    setViewReader(() => {
      if (settledFor.current !== documentStore.getState().draftId) return null
      return { viewport: getViewport(), selection: selectedItems(), path: canvasStore.getState().path }
    })
    return () => {
      captureView(documentStore.getState().draftId)
      setViewReader(null)
    }
  }, [getViewport])
  const restore = useCallback(() => {
    const view = viewOf(documentStore.getState().draftId)
    if (!view) return false
    // Coming from the outline, what was selected there counts, not what was selected here before.
    const chosen = selectedItems().length > 0
    if (view.path.length > 0 && !chosen) restoreLevel(view.path, view.viewport)
    void setViewport(view.viewport)
    if (!chosen) selectOnly(view.selection)
    settle()
    return true
  }, [setViewport, settle])
  return useMemo(() => ({ restore, settle }), [restore, settle])
}
