import { isTerminalEvent } from '@beatloom/core'
import { ApiError, listNodes } from '../api/client.ts'
import { openEventStream } from '../api/event-stream.ts'
import { documentStore } from '../document/document-store.ts'
import { textNow } from '../i18n/index.ts'
import { takeModelNews, watchModels } from '../models/additions.ts'
import { receiveEvent, runStore } from '../run/run-store.ts'
import { startRunning } from '../run/start-running.ts'
import { fillCatalog } from '../view/catalog-store.ts'
import { showFace, toast, viewStore } from '../view/view-store.ts'
import { saveAllNow, startAutosave } from './autosave.ts'
import { loadDraftFacts, localDrafts } from './draft-storage.ts'
import { moveLegacyDrafts } from './legacy-drafts.ts'
import { openShared, sharedInAddress } from './open-shared.ts'
import { startChecking } from './problem-store.ts'
import { queryClient } from './query-client.ts'
import { FLAGSHIP, followRun, openDraft, openRun, openTemplate } from './session.ts'
import { followInTabs, refreshTabRuns } from './tab-runs.ts'
import { showFirst, startTabs } from './tabs.ts'
import { activeTab, type Tab, tabsStore } from './tabs-store.ts'
import { checkDrafts, claimTabs, reclaimFree, watchClaims, watchNews } from './twins.ts'
import { beginWindow, keepWindow, type WindowRecord } from './window-session.ts'

export const runInAddress = (hash: string): string | null => /run=([\w-]+)/.exec(hash)?.[1] ?? null

/** Brings back the tabs that were open last, or opens the flagship, and begins to listen. */
export async function startSession(): Promise<void> {
  listen()
  startTabs()
  watchClaims()
  watchNews()
  const [nodes, { record, neighbour }, legacy] = await Promise.all([
    listNodes(),
    beginWindow(),
    moveLegacyDrafts(),
    loadDraftFacts().catch(() => undefined),
  ])
  fillCatalog(nodes)
  const back = record !== null && (await bringBack(record))
  if (!back && legacy.current) await openDraft(legacy.current).catch(() => undefined)
  if (!back && neighbour) await lookAtNeighbour(neighbour)
  const wanted = runInAddress(location.hash)
  if (wanted) await openLinkedRun(wanted)
  const shared = sharedInAddress(location.hash)
  if (shared) await openShared(shared).catch((error: Error) => toast(error.message, 'error'))
  if (!activeTab() || (record && !back && !wanted)) await openTemplate(FLAGSHIP)
  showAsPreferred()
  addEventListener('hashchange', () => {
    const linked = runInAddress(location.hash)
    if (linked) void openLinkedRun(linked)
  })
  keepWindow()
  startAutosave()
  startChecking()
  watchModels()
  watchPointer()
  startRunning()
  stayInStep()
}

/** The run that a link names; it may have been deleted since. */
async function openLinkedRun(id: string): Promise<void> {
  try {
    await openRun(id)
  } catch (error) {
    const isGone = error instanceof ApiError && error.status === 404
    toast(isGone ? textNow()('page.runGone') : (error as Error).message, 'error')
  }
  // The token in the address has done its work: the server gave a cookie for it.
  if (location.search.includes('token=')) history.replaceState(null, '', location.pathname + location.hash)
}

/** Someone who wants form or graph always gets it, unless the address itself names a view. */
function showAsPreferred(): void {
  const { opensAs } = viewStore.getState()
  if (opensAs !== 'file' && !/^#\/?(form|graph|outline)\b/.test(location.hash)) showFace(opensAs)
}

/** The row of tabs as it was; the one on screen is read now, the others when somebody looks. */
async function bringBack(record: WindowRecord): Promise<boolean> {
  const tabs = record.tabs.map((tab): Tab => {
    // A page that ended without a word took unsaved changes along; here they are again.
    const recovered = tab.recovered || (!record.ended && tab.dirty)
    return { ...tab, recovered, elsewhere: null, conflict: null }
  })
  if (tabs.length === 0) return false
  tabsStore.setState({ tabs, closed: record.closed ?? [] })
  await claimTabs(tabs)
  const order = [record.active, ...tabs.map((tab) => tab.id)]
  let shown = false
  for (const id of order) {
    shown = tabs.some((tab) => tab.id === id) && (await showFirst(id))
    if (shown) break
  }
  void refreshTabRuns().catch(() => undefined)
  return shown
}

/** A second window shows what the first is working at; it is told so, and changes nothing unasked. */
async function lookAtNeighbour({ tabs, active }: WindowRecord): Promise<void> {
  const tab = tabs.find(({ id }) => id === active)
  const known = localDrafts().find(({ id }) => id === active)
  if (tab?.edited && known) await openDraft(active).catch(() => undefined)
}

function listen(): void {
  let wasLost = false
  const stream = openEventStream(
    null,
    (event) => {
      if (takeModelNews(event)) return
      receiveEvent(event)
      followInTabs(event)
      if (event.type === 'run.queued' || event.type === 'run.started' || isTerminalEvent(event)) {
        void queryClient.invalidateQueries({ queryKey: ['runs'] })
      }
    },
    (connection) => {
      runStore.setState({ connection })
      // What was stored while nobody listened is read back; replayed events change nothing.
      if (connection === 'open' && wasLost) void catchUp()
      wasLost = connection === 'lost'
    },
  )
  watchSleep(() => {
    stream.wake()
    void catchUp()
  })
}

/** Out of sight for longer than this, a phone may have put the page to sleep. */
const SLEEP_MS = 5000

/** Tells when the page is back from a sleep, from the browser's store of pages, or from a time without network. */
function watchSleep(onWake: () => void): void {
  let hiddenAt: number | null = null
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') hiddenAt = Date.now()
    else if (hiddenAt !== null && Date.now() - hiddenAt > SLEEP_MS) onWake()
  })
  addEventListener('pageshow', (event) => event.persisted && onWake())
  addEventListener('online', onWake)
}

async function catchUp(): Promise<void> {
  void queryClient.invalidateQueries()
  const { run } = runStore.getState()
  if (run) await followRun(run.id).catch(() => undefined)
  await refreshTabRuns().catch(() => undefined)
  await saveAllNow()
  await checkDrafts().catch(() => undefined)
}

/** A slider held still for a while is still one drag. */
function watchPointer(): void {
  const { hold } = documentStore.getState()
  addEventListener('pointerdown', () => hold(true), true)
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => hold(false), true)
}

const RECLAIM_MS = 4000

/** Whoever comes back to this window sees what others did meanwhile; what another window lets go is taken up again. */
function stayInStep(): void {
  const look = () => {
    if (document.visibilityState !== 'visible') return
    void reclaimFree()
      .then(checkDrafts)
      .catch(() => undefined)
  }
  addEventListener('focus', look)
  document.addEventListener('visibilitychange', look)
  // A window that closes lets go some time after: asked again while anything is open elsewhere.
  setInterval(() => void reclaimFree().catch(() => undefined), RECLAIM_MS)
}
