import { documentStore } from '../document/document-store.ts'
import { checkLink, type Side } from '../document/link-rules.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { useCanvas } from './canvas-store.ts'

/** While a cable is pulled: whether it may end at this port. */
export function usePortFit(node: string, port: string, side: Side): 'idle' | 'from' | 'fits' | 'no' {
  return useCanvas(({ pulling }) => {
    if (!pulling) return 'idle'
    if (pulling.node === node && pulling.port === port && pulling.side === side) return 'from'
    const { workflow } = documentStore.getState()
    return checkLink(workflow, catalogStore.getState().descriptors, pulling, { node, port, side }).ok ? 'fits' : 'no'
  })
}
