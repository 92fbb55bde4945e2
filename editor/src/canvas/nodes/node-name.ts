import type { Workflow } from '@beatloom/core'
import type { Descriptors } from '../../document/link-rules.ts'
import { nodeText } from '../../i18n/node-text.ts'
import type { Language } from '../../view/view-store.ts'

/** What people call a node: the name they gave it, or its type's title; ids are for files. */
export function nodeName(workflow: Workflow, descriptors: Descriptors, id: string, language: Language): string {
  const node = workflow.nodes[id]
  if (!node) return id
  const descriptor = descriptors.get(node.type)
  return node.title ?? (descriptor ? nodeText(descriptor, language).title : node.type)
}
