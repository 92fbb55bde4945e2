/** Where somebody was looking in a document. */
export interface TabView {
  viewport: { x: number; y: number; zoom: number }
  selection: string[]
  /** Sub-graphs entered, outermost first. */
  path: string[]
}

/** By draft. The canvas is loaded late and comes and goes with the face, so views are kept apart from it. */
const views = new Map<string, TabView>()
let read: (() => TabView | null) | null = null

/** The canvas says how to read it; null when it goes. */
export function setViewReader(reader: (() => TabView | null) | null): void {
  read = reader
}

/** Remembers what is on screen as the view of a draft. */
export function captureView(draft: string): void {
  const view = read?.()
  if (view) views.set(draft, view)
}

export const viewOf = (draft: string): TabView | null => views.get(draft) ?? null

export function rememberView(draft: string, view: TabView | null): void {
  if (view) views.set(draft, view)
  else views.delete(draft)
}
