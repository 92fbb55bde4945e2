import { documentStore } from '../document/document-store.ts'
import { tellDraftNews } from './draft-news.ts'
import { type DraftRecord, isWritten, writeLocalDraft } from './draft-storage.ts'
import { forgetSync, pushDraft, syncOf } from './draft-sync.ts'
import { forgetLeft, leaveBehind } from './left-behind.ts'
import { documentOf } from './parked.ts'
import { nothingKeeps, storageHealth } from './storage-health.ts'
import { captureView, viewOf } from './tab-view.ts'
import { tabOf, tabsStore } from './tabs-store.ts'

/** Keeps every open document as a draft: in the browser at once, on the server within two seconds of the last edit. */

const LOCAL_WAIT_MS = 250
const SERVER_WAIT_MS = 1200
/** Somebody who types without a pause is saved on the way too. */
const SERVER_LATEST_MS = 5000

const local = new Map<string, ReturnType<typeof setTimeout>>()
const remote = new Map<string, { timer: ReturnType<typeof setTimeout>; since: number }>()
/** What the browser is writing now, the newest of each document. */
const writing = new Map<string, DraftRecord>()
/** When each document became what it is. */
const stamps = new Map<string, { workflow: unknown; savedAt: string }>()

export function stampOf(id: string, workflow: unknown): string {
  const known = stamps.get(id)
  if (known && known.workflow === workflow) return known.savedAt
  const savedAt = new Date().toISOString()
  stamps.set(id, { workflow, savedAt })
  return savedAt
}

/** A document read from a draft is what that draft was, and needs no saving until it changes. */
export function noteLoaded(id: string, workflow: unknown, savedAt: string): void {
  stamps.set(id, { workflow, savedAt })
}

function recordOf(id: string): DraftRecord | null {
  const [document, tab] = [documentOf(id), tabOf(id)]
  if (!document || !tab || tab.elsewhere) return null
  const { workflow, savedWorkflow, history } = document
  if (tabsStore.getState().active === id) captureView(id)
  const facts = { id, title: workflow.title, savedAt: stampOf(id, workflow), edited: tab.edited }
  return { ...facts, workflow, savedWorkflow, history, run: tab.run, view: viewOf(id), sync: syncOf(id) }
}

const draftsInUse = (): Set<string> => {
  const { tabs, closed } = tabsStore.getState()
  return new Set([...tabs.map((tab) => tab.id), ...closed.map(({ tab }) => tab.id)])
}

export async function saveLocally(id: string): Promise<void> {
  clearTimeout(local.get(id))
  local.delete(id)
  const record = recordOf(id)
  if (!record) return
  writing.set(id, record)
  try {
    await writeLocalDraft(record, draftsInUse())
    if (writing.get(id) === record) forgetLeft(id)
    storageHealth.setState({ browserFails: false })
    tellDraftNews(id)
  } catch {
    if (record.edited) storageHealth.setState({ browserFails: true })
  } finally {
    if (writing.get(id) === record) writing.delete(id)
  }
}

/** Leaves behind, before this returns, what may not be written in time. */
function leaveUnwritten(active: string): void {
  const going = new Map(writing)
  for (const id of [active, ...local.keys()]) {
    const record = recordOf(id)
    if (record) going.set(id, record)
  }
  for (const record of going.values()) leaveBehind(record, isWritten(record))
}

export async function saveRemotely(id: string): Promise<void> {
  clearTimeout(remote.get(id)?.timer)
  remote.delete(id)
  const record = recordOf(id)
  if (!record?.edited || tabOf(id)?.conflict || record.sync.of === record.savedAt) return
  const outcome = await pushDraft(record)
  if (outcome === 'failed') {
    storageHealth.setState({ serverFails: true })
    if (!remote.has(id)) planRemote(id, SERVER_LATEST_MS)
  } else storageHealth.setState({ serverFails: false })
}

export function planSave(id: string): void {
  if (!local.has(id)) {
    local.set(
      id,
      setTimeout(() => void saveLocally(id), LOCAL_WAIT_MS),
    )
  }
  planRemote(id, SERVER_WAIT_MS)
}

function planRemote(id: string, waitMs: number): void {
  const planned = remote.get(id)
  clearTimeout(planned?.timer)
  const since = planned?.since ?? Date.now()
  const left = Math.max(0, Math.min(waitMs, since + SERVER_LATEST_MS - Date.now()))
  remote.set(id, { since, timer: setTimeout(() => void saveRemotely(id), left) })
}

/** Brings everything that waits to safety now. */
export async function saveAllNow(): Promise<void> {
  const waiting = [...local.keys()]
  const unsent = [...remote.keys()]
  await Promise.all([...waiting.map(saveLocally), ...unsent.map(saveRemotely)])
}

export async function saveNow(id: string): Promise<void> {
  await Promise.all([saveLocally(id), saveRemotely(id)])
}

export function forgetSaving(id: string): void {
  clearTimeout(local.get(id))
  clearTimeout(remote.get(id)?.timer)
  local.delete(id)
  remote.delete(id)
  stamps.delete(id)
  writing.delete(id)
  forgetSync(id)
}

/** Saves whatever changes from now on. */
export function startAutosave(): void {
  documentStore.subscribe((state, before) => {
    const { workflow, savedWorkflow, draftId } = state
    if (workflow === before.workflow && savedWorkflow === before.savedWorkflow) return
    if (draftId === before.draftId && state.openedCount === before.openedCount) planSave(draftId)
  })
  const leave = () => {
    const { active } = tabsStore.getState()
    leaveUnwritten(active)
    // The place on the canvas is no edit; it is written when the page goes.
    if (active) void saveLocally(active)
    void saveAllNow()
  }
  addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leave())
  addEventListener('beforeunload', (event) => {
    if (nothingKeeps(storageHealth.getState())) event.preventDefault()
  })
}
