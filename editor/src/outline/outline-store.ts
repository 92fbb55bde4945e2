import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** Where the outline stands; kept while another face is on screen. */
interface OutlineState {
  /** Rows that were unfolded, and groups that were folded away. */
  open: ReadonlySet<string>
  folded: ReadonlySet<string>
  /** The row that takes the focus. */
  current: string | null
}

export const outlineStore = createStore<OutlineState>(() => ({ open: new Set(), folded: new Set(), current: null }))

export function useOutline<T>(selector: (state: OutlineState) => T): T {
  return useStore(outlineStore, selector)
}

/** Groups start open, nodes closed. */
export const isOpen = (state: OutlineState, key: string): boolean =>
  key.startsWith('group:') ? !state.folded.has(key) : state.open.has(key)

export function fold(key: string, open: boolean): void {
  outlineStore.setState((state) => {
    const part = key.startsWith('group:') ? 'folded' : 'open'
    const next = new Set(state[part])
    if (open === (part === 'open')) next.add(key)
    else next.delete(key)
    return { [part]: next }
  })
}

export const setCurrent = (current: string): void => outlineStore.setState({ current })
