import type { Workflow } from '@beatloom/core'
import { faceOfFile } from '../document/form-edits.ts'
import { type Face, showFace, viewStore } from './view-store.ts'

/** Form or graph for a workflow that is being opened: as this person always wants it, else as the file asks. */
export function openingFace(workflow: Workflow): Face | null {
  const { opensAs } = viewStore.getState()
  return opensAs === 'file' ? faceOfFile(workflow) : opensAs
}

/** Where nobody asks for anything, the view stays as it is. */
export function showAsWished(workflow: Workflow): void {
  const face = openingFace(workflow)
  if (face && face !== viewStore.getState().face) showFace(face)
}
