import type { Link } from '@beatloom/core'
import { documentStore } from '../../document/document-store.ts'

/** Names, on the canvas, of what stands for groups and for ports that are elsewhere. */

const GROUP = 'group:'
const STUB = 'stub:'

export const itemOfGroup = (group: string): string => `${GROUP}${group}`
/** The group that a canvas item stands for. */
export const groupOfItem = (item: string): string | null => (item.startsWith(GROUP) ? item.slice(GROUP.length) : null)

/** A port outside the level that is on screen, shown at its border. */
export const itemOfStub = (port: Link, side: 'input' | 'output'): string => `${STUB}${side}:${handleOf(port)}`
export const isStub = (item: string): boolean => item.startsWith(STUB)

/** Handles of boxes and stubs name the node and the port they stand for. */
export const handleOf = ({ node, port }: Link): string => `${node}.${port}`

/** The real port at a handle: the handle's own on a node, the inner or outer one on a box or a stub. */
export function portAtHandle(item: string, handle: string): Link {
  const { nodes } = documentStore.getState().workflow
  if (Object.hasOwn(nodes, item)) return { node: item, port: handle }
  for (let dot = handle.indexOf('.'); dot > 0; dot = handle.indexOf('.', dot + 1)) {
    const node = handle.slice(0, dot)
    if (Object.hasOwn(nodes, node)) return { node, port: handle.slice(dot + 1) }
  }
  return { node: item, port: handle }
}
