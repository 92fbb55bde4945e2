import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** What somebody wants to add, as far as it is known. */
export interface AddWish {
  /** The name that a workflow asks for; empty where none does. */
  name: string
  source: string
}

export type ModelsPart = 'add' | 'list'

interface ModelsDialogState {
  /** The part on screen; null while the dialog is closed. */
  part: ModelsPart | null
  wish: AddWish
}

const NOTHING: AddWish = { name: '', source: '' }

export const modelsDialog = createStore<ModelsDialogState>(() => ({ part: null, wish: NOTHING }))
export const useModelsDialog = <T>(selector: (state: ModelsDialogState) => T): T => useStore(modelsDialog, selector)

export const openModels = (part: ModelsPart, wish: AddWish = NOTHING): void => modelsDialog.setState({ part, wish })
export const closeModels = (): void => modelsDialog.setState({ part: null, wish: NOTHING })
