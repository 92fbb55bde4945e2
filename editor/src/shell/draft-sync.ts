import { ApiError, putDraft } from '../api/client.ts'
import type { DraftSummary } from '../api/types.ts'
import { type DraftRecord, type DraftSync, writeDraftSync } from './draft-storage.ts'
import { changeTab } from './tabs-store.ts'
import { windowId } from './window-session.ts'

/** The server's copies of drafts: each write says which revision it grew from, so nobody's work is overwritten. */

const syncs = new Map<string, DraftSync>()
const flights = new Map<string, Promise<unknown>>()
const MOST_TITLE = 200

export const syncOf = (id: string): DraftSync => syncs.get(id) ?? { revision: 0, of: '' }

/** @param of `savedAt` of the document the server has. */
export function noteSync(id: string, sync: DraftSync): void {
  syncs.set(id, sync)
  // Without a browser's storage the server alone keeps it; the window's name tells its own writes again.
  writeDraftSync(id, sync).catch(() => undefined)
}

export function takeSync(id: string, sync: DraftSync): void {
  syncs.set(id, sync)
}

export function forgetSync(id: string): void {
  syncs.delete(id)
}

/** One write at a time for each draft, in the order they were asked for. */
export function pushDraft(record: DraftRecord): Promise<'kept' | 'conflict' | 'failed'> {
  const before = flights.get(record.id) ?? Promise.resolve()
  const flight = before.then(() => write(record, syncOf(record.id).revision))
  flights.set(record.id, flight)
  void flight.finally(() => flights.get(record.id) === flight && flights.delete(record.id))
  return flight
}

async function write(record: DraftRecord, base: number, again = true): Promise<'kept' | 'conflict' | 'failed'> {
  const { id, title, workflow, savedAt } = record
  try {
    const { revision } = await putDraft(id, { title: title.slice(0, MOST_TITLE), workflow, base, writer: windowId() })
    noteSync(id, { revision, of: savedAt })
    return 'kept'
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'draft_conflict') return 'failed'
    const theirs = (error.details.draft ?? null) as DraftSummary | null
    // The answer to this window's own last write was lost, or the server's copy was deleted.
    if (again && (theirs === null || theirs.writer === windowId())) return write(record, theirs?.revision ?? 0, false)
    changeTab(id, { conflict: theirs })
    return 'conflict'
  }
}
