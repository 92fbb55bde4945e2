import { useReactFlow } from '@xyflow/react'
import { useCallback, useEffect } from 'react'
import { documentStore } from '../document/document-store.ts'
import { captureView, setViewReader, viewOf } from '../shell/tab-view.ts'
import { canvasStore, selectedItems, selectOnly } from './canvas-store.ts'
import { restoreLevel } from './reveal.ts'

/**
 * Each document keeps its own place on the canvas, its selection and the sub-graph that was entered.
 * @returns brings them back for the document on screen; false when it has none yet.
 */
export function useTabView(): () => boolean {
  const { getViewport, setViewport } = useReactFlow()
  useEffect(() => {
    setViewReader(() => ({
      viewport: getViewport(),
      selection: selectedItems(),
      path: canvasStore.getState().path,
    }))
    return () => {
      captureView(documentStore.getState().draftId)
      setViewReader(null)
    }
  }, [getViewport])
  return useCallback(() => {
    const view = viewOf(documentStore.getState().draftId)
    if (!view) return false
    if (view.path.length > 0) restoreLevel(view.path, view.viewport)
    void setViewport(view.viewport)
    selectOnly(view.selection)
    return true
  }, [setViewport])
}
