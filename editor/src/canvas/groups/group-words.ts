import type { Group } from '@beatloom/core'
import { useDocument } from '../../document/document-store.ts'
import { groupTree } from '../../document/group-tree.ts'
import type { Translate } from '../../i18n/index.ts'

/** A group's own title, or what its kind is called. */
export const groupTitle = (group: Group, t: Translate): string =>
  group.title || t(group.kind === 'subgraph' ? 'group.subgraph' : 'group.frame')

export const useGroup = (id: string): Group | undefined =>
  useDocument((state) => groupTree(state.workflow).groups.get(id))
