import { useEffect } from 'react'
import { documentStore } from '../document/document-store.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { canvasStore, closeOverlays } from './canvas-store.ts'
import { flowEdges, flowNodes } from './flow-model.ts'

function sync(): void {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  canvasStore.setState(({ nodes, edges }) => ({
    nodes: flowNodes(workflow, nodes),
    edges: flowEdges(workflow, descriptors, edges),
  }))
}

/** The canvas follows the document: what is drawn is always what would be saved. */
export function useDocumentSync(): void {
  useEffect(() => {
    sync()
    return documentStore.subscribe((state, before) => {
      if (state.openedCount !== before.openedCount) {
        closeOverlays()
        canvasStore.setState({ nodes: [], edges: [], renaming: null })
      }
      if (state.workflow !== before.workflow) sync()
    })
  }, [])
}
