import type { Workflow } from '@beatloom/core'
import { createStore, delMany, getMany, keys, promisifyRequest, type UseStore } from 'idb-keyval'
import { EMPTY_HISTORY, type History } from '../document/history.ts'
import { asLeft, forgetLeft, leftBehind } from './left-behind.ts'
import type { TabView } from './tab-view.ts'

/**
 * Drafts in the browser, each in parts so that an edit writes only what it changed: facts for lists, the document, the
 * document as last saved, the undo history, where the server's copy stands.
 */

export interface DraftFacts {
  id: string
  title: string
  /** ISO 8601. */
  savedAt: string
  /** Only what somebody worked on is worth listing. */
  edited: boolean
}

export interface DraftRecord extends DraftFacts {
  workflow: Workflow
  /** As last saved to a file; the same object where the draft does not differ. */
  savedWorkflow: Workflow
  history: History
  run: string | null
  view: TabView | null
  /** Where the server's copy stands, from its last answer. */
  sync: DraftSync
}

export interface DraftSync {
  /** The server's revision this copy grew from; 0 when the server has none. */
  revision: number
  /** `savedAt` of the document the server has. */
  of: string
}

const MOST_DRAFTS = 40
const PARTS = ['facts', 'draft', 'saved', 'history', 'sync'] as const
const NO_SYNC: DraftSync = { revision: 0, of: '' }

let opened: UseStore | null = null
const store = (): UseStore => {
  opened ??= createStore('beatloom', 'drafts')
  return opened
}

/** Facts of all drafts here, for lists that cannot wait. */
let known = new Map<string, DraftFacts>()
/** Each draft's larger parts as they were last written or read. */
const written = new Map<string, { workflow: Workflow; saved: Workflow | null; history: History }>()

const savedOf = ({ workflow, savedWorkflow }: DraftRecord): Workflow | null =>
  savedWorkflow === workflow ? null : savedWorkflow

/** The browser's draft has this document already. */
export function isWritten(record: DraftRecord): boolean {
  const last = written.get(record.id)
  return last?.workflow === record.workflow && last.saved === savedOf(record)
}

export async function loadDraftFacts(): Promise<void> {
  const names = (await keys<string>(store())).filter((key) => key.startsWith('facts:'))
  const facts = await getMany<DraftFacts>(names, store())
  known = new Map(facts.flatMap((one) => (one ? [[one.id, one] as const] : [])))
}

/** Newest first. */
export const localDrafts = (): DraftFacts[] => [...known.values()].sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))

export async function readLocalDraft(id: string): Promise<DraftRecord | null> {
  // Read first: it goes only when all of it is in the draft.
  const left = leftBehind(id)
  return asLeft(id, await readKept(id), left)
}

async function readKept(id: string): Promise<DraftRecord | null> {
  const [facts, draft, saved, history, sync] = await getMany(
    PARTS.map((part) => `${part}:${id}`),
    store(),
  )
  if (!facts || !draft) return null
  const rest = { savedWorkflow: saved ?? draft.workflow, history: history ?? EMPTY_HISTORY, sync: sync ?? NO_SYNC }
  written.set(id, { workflow: draft.workflow, saved: saved ?? null, history: rest.history })
  return { ...facts, ...draft, ...rest }
}

/** Small and apart, so that the server's answer to an edit does not write the document again. */
export const writeDraftSync = (id: string, sync: DraftSync): Promise<void> =>
  store()('readwrite', (drafts) => {
    drafts.put(sync, `sync:${id}`)
    return promisifyRequest(drafts.transaction)
  })

/** @throws {DOMException} when the browser's storage is full or closed to us, even after old drafts were let go. */
export async function writeLocalDraft(record: DraftRecord, inUse: ReadonlySet<string>): Promise<void> {
  known.set(record.id, factsOf(record))
  try {
    await put(record)
  } catch (error) {
    const old = localDrafts()
      .slice(MOST_DRAFTS / 4)
      .filter(({ id }) => !inUse.has(id))
    if (old.length === 0) throw error
    await forgetDrafts(old.map(({ id }) => id))
    await put(record)
  }
  const rest = localDrafts()
    .slice(MOST_DRAFTS)
    .filter(({ id }) => !inUse.has(id))
  if (rest.length > 0) await forgetDrafts(rest.map(({ id }) => id))
}

export async function forgetDrafts(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    known.delete(id)
    written.delete(id)
    forgetLeft(id)
  }
  await delMany(
    ids.flatMap((id) => PARTS.map((part) => `${part}:${id}`)),
    store(),
  )
}

const factsOf = ({ id, title, savedAt, edited }: DraftRecord): DraftFacts => ({ id, title, savedAt, edited })

async function put(record: DraftRecord): Promise<void> {
  const { workflow, history, run, view, id } = record
  const before = written.get(id)
  const saved = savedOf(record)
  await store()('readwrite', (drafts) => {
    drafts.put(factsOf(record), `facts:${id}`)
    drafts.put({ workflow, run, view }, `draft:${id}`)
    if (saved === null) drafts.delete(`saved:${id}`)
    else if (before?.saved !== saved) drafts.put(saved, `saved:${id}`)
    if (before?.history !== history) drafts.put(history, `history:${id}`)
    const done = promisifyRequest(drafts.transaction)
    // Said at once, not when the requests have been answered: a page that goes away in between would take it along.
    drafts.transaction.commit?.()
    return done
  })
  written.set(id, { workflow, saved, history })
}
