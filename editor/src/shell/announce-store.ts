import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** What a screen reader is told, one sentence at a time. */
interface Announcement {
  text: string
  /** Tells two equal sentences apart, so that the second is spoken too. */
  turn: number
}

const store = createStore<Announcement>(() => ({ text: '', turn: 0 }))

export const useAnnouncement = (): Announcement => useStore(store)

const TOGETHER_MS = 120
let waiting: string[] = []

/** Sentences that come together are told together, in order; none is lost to the next. */
export function announce(text: string): void {
  if (text === '') return
  if (waiting.length === 0) {
    setTimeout(() => {
      const all = [...new Set(waiting)].join(' ')
      waiting = []
      store.setState(({ turn }) => ({ text: all, turn: turn + 1 }))
    }, TOGETHER_MS)
  }
  waiting.push(text)
}
