/** A tab as work that takes a while knows it: where the tab goes on as a copy, under a new name, so does this. */
export interface HeldTab {
  /** The draft it keeps its document in now. */
  id: string
}

const held = new Map<string, HeldTab>()

/** The same for every asker, so that it can be a key. */
export function holdTab(id: string): HeldTab {
  const tab = held.get(id) ?? { id }
  held.set(id, tab)
  return tab
}

/** The tab is a document of its own from now on; the name it had may come to another tab. */
export function renameHeld(id: string, fresh: string): void {
  const tab = held.get(id)
  if (!tab) return
  held.delete(id)
  tab.id = fresh
  held.set(fresh, tab)
}
