import type { useStoreApi } from '@xyflow/react'

type FlowStore = ReturnType<typeof useStoreApi>

/**
 * Tells when the view has moved, zoomed or changed its size, and not of the many other changes the store tells of, such
 * as nodes that are measured.
 * @returns what ends it.
 */
export function onViewChange(store: FlowStore, tell: () => void): () => void {
  let seen = store.getState()
  return store.subscribe((state) => {
    const { transform, width, height } = seen
    seen = state
    if (state.transform !== transform || state.width !== width || state.height !== height) tell()
  })
}
