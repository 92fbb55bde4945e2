import { documentStore, useDocument } from '../document/document-store.ts'
import { setParam } from '../document/edits.ts'
import { catalogStore } from '../view/catalog-store.ts'

/** What another param of the same node is set to: typed, or the default of its type. */
export function useSibling(node: string, name: string | undefined): unknown {
  return useDocument(({ workflow }) => {
    const target = workflow.nodes[node]
    if (!target || name === undefined) return undefined
    return target.params[name] ?? paramOf(node, name)?.default
  })
}

/** The declaration of a node's param. */
export function paramOf(node: string, name: string) {
  const type = documentStore.getState().workflow.nodes[node]?.type ?? ''
  return catalogStore
    .getState()
    .descriptors.get(type)
    ?.params.find((param) => param.name === name)
}

/** Sets several params of a node as one step of undo; a `mergeKey` joins it with the same edit just before. */
export function setParams(node: string, values: Record<string, unknown>, mergeKey?: string): void {
  documentStore.getState().edit((draft) => {
    for (const [name, value] of Object.entries(values)) setParam(node, name, value)(draft)
  }, mergeKey)
}
