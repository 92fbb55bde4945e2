import type { DraftRecord } from './draft-storage.ts'
import { readSmall, removeSmall, writeSmall } from './small-storage.ts'

/**
 * What a page leaves behind as it goes. A browser aborts a write to IndexedDB that still waits when its page is
 * reloaded or closed; the small storage is written before the page goes. It is read with the draft, and goes once the
 * draft has been written properly.
 */

const KEY = 'beatloom.left.'

/** What the draft may lack: always where somebody was looking, the document where its last change was not kept yet. */
export interface LeftBehind extends Pick<DraftRecord, 'savedAt' | 'run' | 'view'> {
  document?: {
    title: string
    edited: boolean
    workflow: DraftRecord['workflow']
    /** Left out where the draft does not differ from it. */
    savedWorkflow?: DraftRecord['savedWorkflow']
    /** Left out where it has no room; what was done stays, and cannot be undone. */
    history?: DraftRecord['history']
  }
}

/** @param isKept the browser's draft has this document already. */
export function leaveBehind(record: DraftRecord, isKept: boolean): void {
  const { id, title, savedAt, edited, run, view, workflow, savedWorkflow, history } = record
  const place = { savedAt, run, view }
  const document = { title, edited, workflow, ...(savedWorkflow === workflow ? {} : { savedWorkflow }) }
  const wholes: LeftBehind[] = isKept
    ? []
    : [
        { ...place, document: { ...document, history } },
        { ...place, document },
      ]
  for (const left of [...wholes, place]) if (writeSmall(KEY + id, JSON.stringify(left))) return
}

export function leftBehind(id: string): LeftBehind | null {
  try {
    return JSON.parse(readSmall(KEY + id) ?? 'null') as LeftBehind | null
  } catch {
    return null
  }
}

export const forgetLeft = (id: string): void => removeSmall(KEY + id)

/** A draft as it was when its page went; as it is where somebody has written it since. */
export function asLeft(id: string, kept: DraftRecord | null, left: LeftBehind | null): DraftRecord | null {
  if (!left || (kept && kept.savedAt > left.savedAt)) return kept
  const { document, ...place } = left
  if (!document) return kept && { ...kept, ...place }
  const { history = { past: [], future: [] }, savedWorkflow = document.workflow } = document
  const sync = kept?.sync ?? { revision: 0, of: '' }
  return { id, sync, ...place, ...document, savedWorkflow, history }
}
