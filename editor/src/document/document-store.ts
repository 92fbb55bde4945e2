import { parseWorkflow, serializeWorkflow, type Workflow } from '@beatloom/core'
import { type Draft, freeze, produceWithPatches } from 'immer'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { EMPTY_HISTORY, type History, record, redo, seal, squash, undo } from './history.ts'

export type Recipe = (draft: Draft<Workflow>) => void

export interface DocumentState {
  /** The saved thing itself. Frozen; changed through `edit` alone. */
  workflow: Workflow
  history: History
  /** Names the autosaved draft. */
  draftId: string
  /** The text last saved or opened; the document is dirty when it would save as something else. */
  savedWorkflow: Workflow
  /** Counts documents opened, so the view knows to fit again. */
  openedCount: number
}

export interface DocumentActions {
  /** Applies one change. Edits with the same `mergeKey` in quick succession are one undo step. */
  edit(recipe: Recipe, mergeKey?: string): void
  /** Everything edited inside is one undo step. */
  gesture(work: () => void): void
  /** Ends merging, on blur. */
  seal(): void
  undo(): void
  redo(): void
  open(workflow: Workflow, draftId: string, savedWorkflow?: Workflow): void
  markSaved(): void
}

export const EMPTY_WORKFLOW: Workflow = freeze(parseWorkflow({ beatloom: 1 }), true)

export function createDocumentStore(now: () => number = Date.now) {
  return createStore<DocumentState & DocumentActions>((set, get) => ({
    workflow: EMPTY_WORKFLOW,
    savedWorkflow: EMPTY_WORKFLOW,
    history: EMPTY_HISTORY,
    draftId: 'empty',
    openedCount: 0,
    edit(recipe, mergeKey) {
      const { workflow, history } = get()
      const [next, forward, backward] = produceWithPatches(workflow, (draft) => {
        recipe(draft)
      })
      if (forward.length === 0) return
      set({
        workflow: next,
        history: record(history, { forward, backward, mergeKey: mergeKey ?? null, time: now() }),
      })
    },
    gesture(work) {
      set({ history: seal(get().history) })
      const from = get().history.past.length
      work()
      // The oldest steps may have fallen off the end while the gesture ran.
      set({ history: squash(get().history, Math.min(from, get().history.past.length)) })
    },
    seal() {
      const history = seal(get().history)
      if (history !== get().history) set({ history })
    },
    undo() {
      const back = undo(get().workflow, get().history)
      if (back) set({ workflow: back.state, history: back.history })
    },
    redo() {
      const again = redo(get().workflow, get().history)
      if (again) set({ workflow: again.state, history: again.history })
    },
    open(workflow, draftId, savedWorkflow) {
      const frozen = freeze(workflow, true)
      set({
        workflow: frozen,
        savedWorkflow: savedWorkflow ? freeze(savedWorkflow, true) : frozen,
        history: EMPTY_HISTORY,
        draftId,
        openedCount: get().openedCount + 1,
      })
    },
    markSaved() {
      set({ savedWorkflow: get().workflow })
    },
  }))
}

export const documentStore = createDocumentStore()

export function useDocument<T>(selector: (state: DocumentState & DocumentActions) => T): T {
  return useStore(documentStore, selector)
}

export function isDirty(state: DocumentState): boolean {
  return (
    state.workflow !== state.savedWorkflow &&
    serializeWorkflow(state.workflow) !== serializeWorkflow(state.savedWorkflow)
  )
}
