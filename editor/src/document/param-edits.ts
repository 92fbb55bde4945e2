import type { Recipe } from './document-store.ts'

/** Gives nodes back the defaults of their types; links to params stay. */
export function resetParams(nodes: readonly string[]): Recipe {
  return (draft) => {
    for (const id of nodes) {
      const node = draft.nodes[id]
      if (node && Object.keys(node.params).length > 0) node.params = {}
    }
  }
}
