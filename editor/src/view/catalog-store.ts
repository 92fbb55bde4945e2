import type { NodeDescriptor } from '@beatloom/core'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** The node types the server knows. */
export interface Catalog {
  descriptors: ReadonlyMap<string, NodeDescriptor>
  ready: boolean
}

export const catalogStore = createStore<Catalog>(() => ({ descriptors: new Map(), ready: false }))

export function fillCatalog(nodes: readonly NodeDescriptor[]): void {
  catalogStore.setState({ descriptors: new Map(nodes.map((node) => [node.type, node])), ready: true })
}

export const useDescriptors = () => useStore(catalogStore, (state) => state.descriptors)
export const useDescriptor = (type: string) => useStore(catalogStore, (state) => state.descriptors.get(type))
export const useCatalogReady = () => useStore(catalogStore, (state) => state.ready)
