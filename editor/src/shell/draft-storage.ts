/** Drafts in the browser: written on every edit, read back after a reload or a crash. */

const CURRENT = 'beatloom.current'
const DRAFT = 'beatloom.draft.'
const RUN = 'beatloom.run.'
const MOST_DRAFTS = 20

export interface LocalDraft {
  id: string
  title: string
  savedAt: string
  workflow: unknown
  /** As last saved to a file, where the draft differs from it. */
  saved: unknown
  /** Only what somebody worked on is worth listing. */
  edited: boolean
}

function storage(): Storage | null {
  try {
    return globalThis.localStorage ?? null
  } catch {
    return null
  }
}

export const currentDraftId = (): string | null => storage()?.getItem(CURRENT) ?? null
export const lastRunOf = (draftId: string): string | null => storage()?.getItem(RUN + draftId) ?? null

export function rememberRun(draftId: string, run: string): void {
  write(RUN + draftId, run)
}

export function setCurrentDraft(id: string): void {
  write(CURRENT, id)
}

export function readLocalDraft(id: string): LocalDraft | null {
  try {
    return JSON.parse(storage()?.getItem(DRAFT + id) ?? 'null')
  } catch {
    return null
  }
}

export function writeLocalDraft(draft: LocalDraft): void {
  if (write(DRAFT + draft.id, JSON.stringify(draft))) return
  for (const old of localDrafts().slice(MOST_DRAFTS / 2)) forgetDraft(old.id)
  write(DRAFT + draft.id, JSON.stringify(draft))
}

/** Newest first; older than the newest twenty are dropped. */
export function localDrafts(): LocalDraft[] {
  const store = storage()
  if (!store) return []
  const ids = Object.keys(store)
    .filter((key) => key.startsWith(DRAFT))
    .map((key) => key.slice(DRAFT.length))
  const drafts = ids.flatMap((id) => readLocalDraft(id) ?? []).sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))
  for (const old of drafts.slice(MOST_DRAFTS)) forgetDraft(old.id)
  return drafts.slice(0, MOST_DRAFTS)
}

function forgetDraft(id: string): void {
  storage()?.removeItem(DRAFT + id)
  storage()?.removeItem(RUN + id)
}

function write(key: string, value: string): boolean {
  try {
    storage()?.setItem(key, value)
    return true
  } catch {
    return false
  }
}
