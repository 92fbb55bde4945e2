import { parseWorkflow, type Workflow } from '@beatloom/core'
import { type Draft, freeze, produceWithPatches } from 'immer'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { settleNew } from './group-members.ts'
import { EMPTY_HISTORY, type History, record, redo, seal, squash, undo } from './history.ts'
import { sameWorkflow } from './same-workflow.ts'

export type Recipe = (draft: Draft<Workflow>) => void

export interface DocumentState {
  /** The saved thing itself. Frozen; changed through `edit` alone. */
  workflow: Workflow
  history: History
  /** Names the autosaved draft. */
  draftId: string
  /** As last saved or opened; the document is dirty when it would save as something else. */
  savedWorkflow: Workflow
  /** Counts documents opened, so the view knows to fit again. */
  openedCount: number
  /** The group whose inside is on screen: new nodes join it. */
  home: string | null
  /** Somebody else is writing this document; nothing changes it here. */
  readOnly: boolean
  /** Counts edits turned away while read-only, so that the notice can point at itself. */
  refusedEdits: number
}

/** A document as it is put aside and taken up again. */
export type OpenDocument = Pick<DocumentState, 'workflow' | 'savedWorkflow' | 'history' | 'draftId' | 'readOnly'>

export interface DocumentActions {
  /**
   * Applies one change. Edits with the same `mergeKey` in quick succession are one undo step; `patient`: however long
   * they take to come, as files do.
   */
  edit(recipe: Recipe, mergeKey?: string, patient?: boolean): void
  /** Everything edited inside is one undo step. */
  gesture(work: () => void): void
  /** Ends merging, on blur. */
  seal(): void
  /** While a pointer is down, what it changes stays one step, however long it rests. */
  hold(held: boolean): void
  undo(): void
  redo(): void
  open(workflow: Workflow, draftId: string, savedWorkflow?: Workflow): void
  /** Takes up a document with its undo history where it was left. */
  restore(document: OpenDocument): void
  /** The document is in a file now. @param written what that file says, with the needs worked out for it. */
  markSaved(written?: Workflow): void
}

export const EMPTY_WORKFLOW: Workflow = freeze(parseWorkflow({ beatloom: 1 }), true)

export function createDocumentStore(now: () => number = Date.now) {
  let held = false
  return createStore<DocumentState & DocumentActions>((set, get) => ({
    workflow: EMPTY_WORKFLOW,
    savedWorkflow: EMPTY_WORKFLOW,
    history: EMPTY_HISTORY,
    draftId: 'empty',
    openedCount: 0,
    home: null,
    readOnly: false,
    refusedEdits: 0,
    edit(recipe, mergeKey, patient = false) {
      const { workflow, history, home, readOnly, refusedEdits } = get()
      if (readOnly) {
        set({ refusedEdits: refusedEdits + 1 })
        return
      }
      const [next, forward, backward] = produceWithPatches(workflow, (draft) => {
        recipe(draft)
        if (home !== null) settleNew(draft, workflow, home)
      })
      if (forward.length === 0) return
      set({
        workflow: next,
        history: record(history, { forward, backward, mergeKey: mergeKey ?? null, time: now() }, held || patient),
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
    hold(on) {
      held = on
    },
    undo() {
      const back = get().readOnly ? null : undo(get().workflow, get().history)
      if (back) set({ workflow: back.state, history: back.history })
    },
    redo() {
      const again = get().readOnly ? null : redo(get().workflow, get().history)
      if (again) set({ workflow: again.state, history: again.history })
    },
    open(workflow, draftId, savedWorkflow = workflow) {
      get().restore({ workflow, savedWorkflow, draftId, history: EMPTY_HISTORY, readOnly: false })
    },
    restore({ workflow, savedWorkflow, history, draftId, readOnly }) {
      const frozen = freeze(workflow, true)
      set({
        workflow: frozen,
        savedWorkflow: savedWorkflow === workflow ? frozen : freeze(savedWorkflow, true),
        history: seal(history),
        draftId,
        readOnly,
        openedCount: get().openedCount + 1,
      })
    },
    markSaved(written = get().workflow) {
      set({ savedWorkflow: freeze(written, true) })
    },
  }))
}

export const documentStore = createDocumentStore()

export function useDocument<T>(selector: (state: DocumentState & DocumentActions) => T): T {
  return useStore(documentStore, selector)
}

/** Needs follow from the nodes and what is installed: they are worked out when a file is written, and no edit changes them. */
export function isDirty({ workflow, savedWorkflow }: Pick<DocumentState, 'workflow' | 'savedWorkflow'>): boolean {
  const { needs: _, ...now } = workflow
  const { needs: __, ...saved } = savedWorkflow
  return workflow !== savedWorkflow && !sameWorkflow(now, saved)
}
