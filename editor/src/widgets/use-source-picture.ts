import { referencesIn, type Workflow } from '@beatloom/core'
import { useDocument } from '../document/document-store.ts'
import { linksOf } from '../document/edits.ts'
import type { Descriptors } from '../document/link-rules.ts'
import { catalogStore } from '../view/catalog-store.ts'

/** The picture file that a node works on: the first of the nearest node upstream that opens pictures. */
export const sourcePicture = (workflow: Workflow, descriptors: Descriptors, node: string): string | null =>
  sourcePictures(workflow, descriptors, node)[0] ?? null

/** The picture files of the nearest node upstream, along links of pictures, that opens any. */
export function sourcePictures(workflow: Workflow, descriptors: Descriptors, node: string): string[] {
  const seen = new Set<string>()
  for (let id: string | undefined = node; id !== undefined && !seen.has(id); ) {
    seen.add(id)
    const here: Workflow['nodes'][string] | undefined = workflow.nodes[id]
    if (!here) return []
    const descriptor = descriptors.get(here.type)
    const file = descriptor?.params.find((param) => param.accept === 'image')
    if (file) return referencesIn(here.params[file.name] ?? file.default)
    const pictures = descriptor?.inputs.filter((input) => input.type === 'IMAGE') ?? []
    id = pictures.flatMap((input) => linksOf(here.links[input.name]))[0]?.node
  }
  return []
}

export function useSourcePicture(node: string): string | null {
  return useDocument(({ workflow }) => sourcePicture(workflow, catalogStore.getState().descriptors, node))
}
