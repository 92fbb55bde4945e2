import { useStore } from 'zustand'
import type { Side } from '../../document/link-rules.ts'
import { endKey, pullStore } from './pull-store.ts'

/** While a cable is pulled: whether it may end at this port. */
export function usePortFit(node: string, port: string, side: Side): 'idle' | 'from' | 'fits' | 'no' {
  return useStore(pullStore, ({ pull }) => {
    if (!pull) return 'idle'
    const end = { node, port, side }
    const isAnchor = pull.anchors.some((anchor) => anchor.node === node && anchor.port === port && anchor.side === side)
    if (isAnchor) return 'from'
    return pull.fitting.has(endKey(end)) ? 'fits' : 'no'
  })
}
