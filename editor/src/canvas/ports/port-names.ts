import { useDocument } from '../../document/document-store.ts'
import type { Side } from '../../document/link-rules.ts'
import { placeholderFor } from '../../document/placeholder.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { useDescriptor } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'

/** What a node and one of its ports are called: a person's own names, else those of the type in the chosen language. */
export function usePortNames(node: string, port: string, side: Side): { node: string; port: string } {
  const language = useView((state) => state.language)
  const type = useDocument((state) => state.workflow.nodes[node]?.type ?? '')
  const title = useDocument((state) => state.workflow.nodes[node]?.title)
  const label = useDocument((state) => state.workflow.layout.marks?.[node]?.labels?.[`${side}.${port}`])
  const known = useDescriptor(type)
  const placeholder = useDocument((state) => (known ? null : state.workflow))
  const descriptor = known ?? placeholderFor(placeholder!, node)
  const words = nodeText(descriptor, language)
  const found = (side === 'input' ? descriptor.inputs : descriptor.outputs).find(({ name }) => name === port)
  const param = descriptor.params.find(({ name }) => name === port)
  const own = found ? words.port(found) : param ? words.param(param) : port
  return { node: title ?? words.title, port: label ?? own }
}

/** Names a port while its label is edited. */
export const labelKey = (node: string, side: Side, port: string): string => JSON.stringify([node, side, port])
