import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { canvasStore, selectedIds } from '../canvas/canvas-store.ts'

/** The selected nodes; a group stands for everything in it. */
export const useSelectedNodes = (): string[] =>
  useStore(
    canvasStore,
    useShallow(() => selectedIds()),
  )
