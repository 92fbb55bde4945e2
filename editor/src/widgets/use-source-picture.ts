import type { Workflow } from '@beatloom/core'
import { useDocument } from '../document/document-store.ts'
import { linksOf } from '../document/edits.ts'
import type { Descriptors } from '../document/link-rules.ts'
import { catalogStore } from '../view/catalog-store.ts'

/** The picture file that a node works on: the nearest node upstream, along links of pictures, that opens one. */
export function sourcePicture(workflow: Workflow, descriptors: Descriptors, node: string): string | null {
  const seen = new Set<string>()
  for (let id: string | undefined = node; id !== undefined && !seen.has(id); ) {
    seen.add(id)
    const here: Workflow['nodes'][string] | undefined = workflow.nodes[id]
    if (!here) return null
    const descriptor = descriptors.get(here.type)
    const file = descriptor?.params.find((param) => param.accept === 'image')
    if (file) return String(here.params[file.name] ?? file.default ?? '') || null
    const pictures = descriptor?.inputs.filter((input) => input.type === 'IMAGE') ?? []
    id = pictures.flatMap((input) => linksOf(here.links[input.name]))[0]?.node
  }
  return null
}

export function useSourcePicture(node: string): string | null {
  return useDocument(({ workflow }) => sourcePicture(workflow, catalogStore.getState().descriptors, node))
}
