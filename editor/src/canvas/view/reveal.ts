import type { Viewport } from '@xyflow/react'
import { createStore } from 'zustand/vanilla'
import { documentStore } from '../../document/document-store.ts'
import { groupTree, pathTo } from '../../document/group-tree.ts'
import { canvasStore, selectOnly } from '../canvas-store.ts'

/** What the view is asked to show once it is drawn. */
export const revealStore = createStore<{ node: string | null }>(() => ({ node: null }))

/** Shows a node wherever it is: enters the sub-graph it lies in, selects it, and brings it to the middle. */
export function revealNode(id: string): void {
  const { workflow } = documentStore.getState()
  if (!Object.hasOwn(workflow.nodes, id)) return
  const tree = groupTree(workflow)
  const path = pathTo(tree, tree.groupOf.get(id))
  const now = canvasStore.getState().path
  if (path.length !== now.length || path.some((group, depth) => group !== now[depth])) canvasStore.setState({ path })
  selectOnly([id])
  revealStore.setState({ node: id })
}

/** Where each level was last looked at, by its path. */
const viewports = new Map<string, Viewport>()

export const levelKey = (path: readonly string[]): string => JSON.stringify(path)
export const keepViewport = (path: readonly string[], viewport: Viewport): void => {
  viewports.set(levelKey(path), viewport)
}
export const viewportOf = (path: readonly string[]): Viewport | undefined => viewports.get(levelKey(path))
export const forgetViewports = (): void => viewports.clear()

/** Takes a level up again as it was left, for a document that comes back. */
export function restoreLevel(path: readonly string[], viewport: Viewport): void {
  keepViewport(path, viewport)
  canvasStore.setState({ path: [...path] })
  // What was on screen before belonged to another document.
  viewports.delete(levelKey([]))
}
