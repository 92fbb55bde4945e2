import type { NodeDescriptor, Workflow } from '@beatloom/core'
import { documentStore } from '../../document/document-store.ts'
import { linkChecker, type PortEnd, portOf } from '../../document/link-rules.ts'
import { placeholderFor } from '../../document/placeholder.ts'
import { type Descriptors, inputsOf } from '../../document/port-of.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { type Language, useView } from '../../view/view-store.ts'
import { portTitle } from '../ports/port-title.ts'

export const descriptorOf = (workflow: Workflow, descriptors: Descriptors, node: string): NodeDescriptor =>
  descriptors.get(workflow.nodes[node]?.type ?? '') ?? placeholderFor(workflow, node)

/** Every port of a node that a link may start or end at: outputs first, since most links begin there. */
export function endsOfNode(node: string): PortEnd[] {
  const { workflow } = documentStore.getState()
  const descriptor = descriptorOf(workflow, catalogStore.getState().descriptors, node)
  return [
    ...descriptor.outputs.map(({ name }): PortEnd => ({ node, port: name, side: 'output' })),
    ...inputsOf(descriptor).map(({ name }): PortEnd => ({ node, port: name, side: 'input' })),
  ]
}

/** Every port in the document that a link from this one may end at; free inputs of the same type before others. */
export function fittingEnds(from: PortEnd): PortEnd[] {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const check = linkChecker(workflow, descriptors, from)
  const own = portOf(workflow, descriptors, from)
  const fitting = Object.keys(workflow.nodes).flatMap((node) =>
    endsOfNode(node).flatMap((end) => {
      const result = check(end)
      if (!result.ok) return []
      const same = portOf(workflow, descriptors, end)?.type === own?.type
      const isFree = end.side === 'output' || result.replaces === null
      return [{ end, order: (same ? 0 : 2) + (isFree ? 0 : 1) }]
    }),
  )
  return fitting.toSorted((a, b) => a.order - b.order).map(({ end }) => end)
}

/** A port and its node as people read them. */
export function endText(end: PortEnd, language: Language): { node: string; port: string } {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const descriptor = descriptorOf(workflow, descriptors, end.node)
  const words = nodeText(descriptor, language)
  const port = portOf(workflow, descriptors, end)
  return {
    node: workflow.nodes[end.node]?.title ?? words.title,
    port: port ? portTitle(words, descriptor, port) : end.port,
  }
}

export function useEndText(): (end: PortEnd) => { node: string; port: string } {
  const language = useView((state) => state.language)
  return (end) => endText(end, language)
}
