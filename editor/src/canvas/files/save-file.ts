import { serializeWorkflow } from '@beatloom/core'
import type { ModelSummary } from '../../api/types.ts'
import { documentStore, isDirty } from '../../document/document-store.ts'
import { needsOf } from '../../document/file-needs.ts'
import { queryClient } from '../../shell/query-client.ts'
import { catalogStore } from '../../view/catalog-store.ts'

/** File systems take 255 bytes, and a letter may be four. */
const MOST_NAME_LETTERS = 60

/** `Song video` → `song-video.json`; letters of any script stay. */
export function fileNameOf(title: string): string {
  const name = title
    .trim()
    .toLowerCase()
    .slice(0, MOST_NAME_LETTERS)
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  return `${name || 'workflow'}.json`
}

const knownModels = (): readonly ModelSummary[] => queryClient.getQueryData<ModelSummary[]>(['models']) ?? []

/** Hands the document to the browser as a file; the same document always gives the same bytes. */
export function saveToFile(): void {
  const state = documentStore.getState()
  const { workflow, savedWorkflow, markSaved } = state
  const { descriptors } = catalogStore.getState()
  // A file that nobody changed is written as it was read, or as it was written before.
  const written = isDirty(state) ? { ...workflow, needs: needsOf(workflow, descriptors, knownModels()) } : savedWorkflow
  const address = URL.createObjectURL(new Blob([serializeWorkflow(written)], { type: 'application/json' }))
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = fileNameOf(workflow.title)
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
  markSaved(written)
}
