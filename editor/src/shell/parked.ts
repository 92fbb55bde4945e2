import { documentStore, type OpenDocument } from '../document/document-store.ts'
import { type RunStoreState, runStore } from '../run/run-store.ts'
import { type Problems, problemStore } from './problem-store.ts'
import { tabsStore } from './tabs-store.ts'

/** The run of a tab as it stands; the connection is everybody's. */
export type RunSlice = Omit<RunStoreState, 'connection'>

/** A tab that is not on screen: its document with its history, its run, what is wrong with it. */
export interface Parked {
  document: OpenDocument
  /** Null until its events have been read back. */
  run: RunSlice | null
  problems: Problems
}

export const parked = new Map<string, Parked>()

export const NO_RUN: RunSlice = { run: null, workflow: null, displays: {}, cancelling: false }

function openDocument(): OpenDocument {
  const { workflow, savedWorkflow, history, draftId, readOnly } = documentStore.getState()
  return { workflow, savedWorkflow, history, draftId, readOnly }
}

/** A tab's document, on screen or put aside; null when it has not been read yet. */
export function documentOf(id: string): OpenDocument | null {
  return documentStore.getState().draftId === id ? openDocument() : (parked.get(id)?.document ?? null)
}

/** Puts the tab on screen aside as it stands. */
export function parkOnScreen(): void {
  const { active } = tabsStore.getState()
  const document = openDocument()
  if (document.draftId !== active) return
  const { connection: _everybodys, ...run } = runStore.getState()
  parked.set(active, { document, run, problems: problemStore.getState() })
}

/** Changes a document wherever it is. */
export function changeDocument(id: string, change: Partial<OpenDocument>): void {
  if (documentStore.getState().draftId === id) documentStore.setState(change)
  const aside = parked.get(id)
  if (aside) parked.set(id, { ...aside, document: { ...aside.document, ...change } })
}
