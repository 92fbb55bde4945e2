import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { PortEnd } from '../document/link-rules.ts'

/** Panels and overlays around the graph; none of it is saved. */
export interface Panels {
  /** All nodes by category, on the left. */
  library: boolean
  /** What is selected, on the right. */
  inspector: boolean
  /** Nothing but the graph. */
  focusMode: boolean
  commands: boolean
  find: boolean
  /** Making a link by keyboard: from a node, or from one of its ports. */
  linking: { node: string; from: PortEnd | null } | null
}

export const panelsStore = createStore<Panels>(() => ({
  library: false,
  inspector: false,
  focusMode: false,
  commands: false,
  find: false,
  linking: null,
}))

export function usePanels<T>(selector: (state: Panels) => T): T {
  return useStore(panelsStore, selector)
}

type Switch = 'library' | 'inspector' | 'focusMode' | 'commands' | 'find'

export function togglePart(part: Switch): void {
  panelsStore.setState((state) => ({ [part]: !state[part] }))
}
