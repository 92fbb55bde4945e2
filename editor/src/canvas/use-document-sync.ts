import { useLayoutEffect } from 'react'
import { forgetPlaces } from '../document/auto-layout.ts'
import { documentStore } from '../document/document-store.ts'
import { groupTree, isBox } from '../document/group-tree.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { canvasStore, closeOverlays } from './canvas-store.ts'
import { flowModel } from './flow-model.ts'

/** Draws the document as it is; a level whose box is gone gives way to the one around it. */
function sync(): void {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const { groups } = groupTree(workflow)
  const { path, fullBoxes, nodes, edges } = canvasStore.getState()
  const isEntered = (id: string) => groups.has(id) && isBox(groups.get(id)!)
  const gone = path.findIndex((id) => !isEntered(id))
  const way = gone < 0 ? path : path.slice(0, gone)
  const drawn = flowModel(workflow, descriptors, { path: way, fullBoxes }, { nodes, edges })
  if (way !== path || drawn.nodes !== nodes || drawn.edges !== edges) canvasStore.setState({ path: way, ...drawn })
}

/** New nodes join the group whose inside is on screen. */
function settle(): void {
  const home = canvasStore.getState().path.at(-1) ?? null
  if (documentStore.getState().home !== home) documentStore.setState({ home })
}

/** The canvas follows the document: what is drawn is always what would be saved. Returns what ends that. */
export function followDocument(): () => void {
  sync()
  settle()
  const stops = [
    documentStore.subscribe((state, before) => {
      if (state.openedCount !== before.openedCount) {
        closeOverlays()
        forgetPlaces()
        canvasStore.setState({ nodes: [], edges: [], renaming: null, path: [], fullBoxes: [] })
      }
      if (state.workflow !== before.workflow) sync()
    }),
    catalogStore.subscribe(sync),
    canvasStore.subscribe((state, before) => {
      if (state.path !== before.path) settle()
      if (state.path !== before.path || state.fullBoxes !== before.fullBoxes) sync()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    documentStore.setState({ home: null })
  }
}

/** Drawn before the effects of the canvas inside run: they select what was selected, which has to be there. */
export const useDocumentSync = (): void => useLayoutEffect(followDocument, [])
