import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

interface PageState {
  /** The form itself is being changed, not its values. */
  editing: boolean
  /** Files on their way, by declared input: the share sent, 0 … 1. */
  sending: Record<string, number>
}

/** What the page knows beyond the document. */
export const pageStore = createStore<PageState>(() => ({ editing: false, sending: {} }))

export const usePage = <T>(selector: (state: PageState) => T): T => useStore(pageStore, selector)

export function setSending(input: string, share: number | null): void {
  const { [input]: _before, ...others } = pageStore.getState().sending
  pageStore.setState({ sending: share === null ? others : { ...others, [input]: share } })
}
