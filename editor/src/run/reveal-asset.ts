import { createStore } from 'zustand/vanilla'
import { showFace, viewStore } from '../view/view-store.ts'

/** The asset that the panel shall show and mark; the panel takes it from here. */
export const revealedAsset = createStore<{ reference: string | null }>(() => ({ reference: null }))

/** `/api/v1/files/artifacts/<hash>/<name>` → `artifacts/<hash>/<name>`. */
export const referenceOf = (url: string): string =>
  decodeURIComponent(new URL(url, 'http://x').pathname.replace(/^.*\/files\//, ''))

/** Opens the assets panel on this file. */
export function revealAsset(url: string): void {
  revealedAsset.setState({ reference: referenceOf(url) })
  if (viewStore.getState().face !== 'graph') showFace('graph')
  viewStore.setState({ panel: 'assets' })
}
