import { parseWorkflow, type Workflow } from '@beatloom/core'
import { documentStore, isDirty, type OpenDocument } from '../document/document-store.ts'
import { setTitle } from '../document/edits.ts'
import { EMPTY_HISTORY } from '../document/history.ts'
import { textNow } from '../i18n/index.ts'
import { say } from '../i18n/sentences.ts'
import { runStore } from '../run/run-store.ts'
import { showAsWished } from '../view/opening-face.ts'
import { toast } from '../view/view-store.ts'
import { forgetSaving, planSave, saveLocally } from './autosave.ts'
import { forgetDrafts } from './draft-storage.ts'
import { renameHeld } from './held-tabs.ts'
import { loadDraft } from './load-draft.ts'
import { NO_RUN, type Parked, parked, parkOnScreen } from './parked.ts'
import { problemStore } from './problem-store.ts'
import { followRun } from './tab-runs.ts'
import { captureView } from './tab-view.ts'
import {
  activeTab,
  changeTab,
  isUntouched,
  newTabFacts,
  type Tab,
  type TabOrigin,
  tabOf,
  tabsStore,
  tabTitle,
} from './tabs-store.ts'
import { claims } from './window-session.ts'

/** The row of tabs and what moves between them: one document on screen, the others put aside. */

const MOST_CLOSED = 10
const NO_PROBLEMS = { issues: [], checked: null }

export const freshDraftId = (): string =>
  `d-${Date.now().toString(36)}-${Math.floor(Math.random() * 36 ** 4).toString(36)}`

export const draftClaim = (id: string): string => `draft:${id}`

export interface Opening {
  workflow: Workflow
  origin: TabOrigin
  /** An existing draft goes on under its own name. */
  document?: OpenDocument
  tab?: Partial<Tab>
  /** Beside a tab that nobody touched, too: somebody asked for one more. */
  beside?: boolean
}

/** Opens a document in a new tab; one that nobody touched gives its place. */
export function openTab({ workflow, origin, document, tab, beside }: Opening): string {
  const id = document?.draftId ?? freshDraftId()
  setComing(null)
  const facts = { ...newTabFacts(id, workflow.title, origin), ...tab }
  const current = activeTab()
  const gives = current !== undefined && !beside && isUntouched(current)
  if (current && !gives) putAside()
  tabsStore.setState(({ tabs }) => {
    const at = tabs.findIndex((one) => one.id === current?.id)
    return { tabs: tabs.toSpliced(gives ? at : at < 0 ? tabs.length : at + 1, gives ? 1 : 0, facts), active: id }
  })
  if (gives) letGo(current.id)
  const opened = document ?? { workflow, savedWorkflow: workflow, history: EMPTY_HISTORY, draftId: id, readOnly: false }
  takeUp({ document: opened, run: NO_RUN, problems: NO_PROBLEMS })
  if (origin !== 'empty') showAsWished(workflow)
  void claims.claim(draftClaim(id))
  void saveLocally(id)
  return id
}

export const newTab = (): string => openTab({ workflow: parseWorkflow({ beatloom: 1 }), origin: 'empty', beside: true })

function putAside(): void {
  const { active } = tabsStore.getState()
  captureView(active)
  parkOnScreen()
  void saveLocally(active)
}

function takeUp({ document, run, problems }: Parked): void {
  parked.delete(document.draftId)
  runStore.setState(run ?? NO_RUN)
  problemStore.setState(problems)
  documentStore.getState().restore(document)
  const tab = tabOf(document.draftId)
  if (tab?.run && !run) void followRun(tab.run, tab.id).catch(() => undefined)
}

/** The tab whose draft is being read for the screen. */
let coming: { id: string; shown: Promise<void> } | null = null

function setComing(next: typeof coming): void {
  coming = next
  tabsStore.setState({ coming: next?.id ?? null })
}

/** Brings a tab on screen, reading its draft where that has not happened yet. */
export async function activateTab(id: string): Promise<void> {
  if (coming?.id === id) return coming.shown
  setComing(null)
  if (tabsStore.getState().active === id || !tabOf(id)) return
  const aside = parked.get(id)
  if (aside) show(id, aside)
  else await readAndShow(id)
}

function show(id: string, kept: Parked): void {
  putAside()
  tabsStore.setState({ active: id })
  takeUp(kept)
}

function readAndShow(id: string): Promise<void> {
  const read = async (): Promise<void> => {
    try {
      const kept = await readTab(id)
      if (coming !== mine || !kept || !tabOf(id)) return
      show(id, kept)
      // The canvas brings the selection back before the next task, and keys that waited may be about it.
      await new Promise((resolve) => setTimeout(resolve))
    } finally {
      if (coming === mine) setComing(null)
    }
  }
  const mine = { id, shown: Promise.resolve().then(read) }
  setComing(mine)
  return mine.shown
}

/**
 * Does at once what is about the document on screen; while another tab is being read, it is meant for that one and
 * waits for it. Where that tab does not come, nothing happens.
 */
export function onceShown(work: () => void): void {
  if (!coming) {
    work()
    return
  }
  const { id, shown } = coming
  void shown.then(() => tabsStore.getState().active === id && work())
}

export const isTabComing = (): boolean => coming !== null

/** The draft of a tab as it is kept; null, with the tab gone and a word about it, when nobody has it any more. */
export async function readTab(id: string): Promise<Parked | null> {
  try {
    const { run, ...document } = await loadDraft(id)
    const tab = tabOf(id)
    if (run && !tab?.run) changeTab(id, { run })
    const readOnly = Boolean(tab?.elsewhere)
    return { document: { ...document, readOnly }, run: null, problems: NO_PROBLEMS }
  } catch (error) {
    const title = tabOf(id)?.title || textNow()('document.untitled')
    toast(textNow()('tabs.gone', { title, reason: say((error as Error).message) }), 'error')
    removeTabs([id])
    return null
  }
}

/** Shows the first tab of a row that came back, without putting anything aside. */
export async function showFirst(id: string): Promise<boolean> {
  const kept = await readTab(id)
  if (!kept) return false
  tabsStore.setState({ active: id })
  takeUp(kept)
  return true
}

/** Closes tabs, asking once where that would leave unsaved changes behind. */
export function requestClose(ids: readonly string[]): void {
  const asks = ids.some((id) => tabOf(id)?.dirty && !tabOf(id)?.elsewhere)
  if (asks) tabsStore.setState({ asking: [...ids] })
  else void closeTabs(ids)
}

export async function closeTabs(ids: readonly string[]): Promise<void> {
  const { tabs, active } = tabsStore.getState()
  const going = new Set(ids)
  if (going.has(active)) {
    putAside()
    const at = tabs.findIndex((tab) => tab.id === active)
    const next = [...tabs.slice(at + 1), ...tabs.slice(0, at).reverse()].find((tab) => !going.has(tab.id))
    if (next) await activateTab(next.id)
  }
  const worthKeeping = tabs.flatMap((tab, index) => (going.has(tab.id) && !isUntouched(tab) ? [{ tab, index }] : []))
  removeTabs(ids)
  const closed = [...tabsStore.getState().closed, ...worthKeeping]
  // Older ones are still among the recent drafts.
  for (const { tab } of closed.slice(0, -MOST_CLOSED)) parked.delete(tab.id)
  tabsStore.setState({ closed: closed.slice(-MOST_CLOSED) })
}

function removeTabs(ids: readonly string[]): void {
  const going = new Set(ids)
  const gone = tabsStore.getState().tabs.filter((tab) => going.has(tab.id))
  tabsStore.setState(({ tabs }) => ({ tabs: tabs.filter((tab) => !going.has(tab.id)), asking: [] }))
  for (const tab of gone) {
    claims.release(draftClaim(tab.id))
    if (isUntouched(tab)) letGo(tab.id)
  }
  if (tabsStore.getState().tabs.length === 0) newTab()
}

/** Forgets a tab that nobody did anything in. */
function letGo(id: string): void {
  parked.delete(id)
  forgetSaving(id)
  claims.release(draftClaim(id))
  forgetDrafts([id]).catch(() => undefined)
}

/** Brings the tab closed last back to its place. */
export async function reopenClosed(): Promise<void> {
  const last = tabsStore.getState().closed.at(-1)
  if (!last) return
  const { tab, index } = last
  tabsStore.setState(({ tabs, closed }) => ({ closed: closed.slice(0, -1), tabs: tabs.toSpliced(index, 0, tab) }))
  const free = await claims.claim(draftClaim(tab.id))
  changeTab(tab.id, { elsewhere: free ? null : 'open' })
  await activateTab(tab.id)
}

/** Gives a tab a new draft, so that it goes on as a document of its own beside the one it was made from. */
export function becomeCopy(id: string): void {
  const fresh = freshDraftId()
  if (tabsStore.getState().active !== id) return
  claims.release(draftClaim(id))
  renameHeld(id, fresh)
  const { title } = documentStore.getState().workflow
  tabsStore.setState(({ tabs }) => ({
    active: fresh,
    tabs: tabs.map((tab) =>
      tab.id === id ? { ...tab, id: fresh, elsewhere: null, conflict: null, edited: true } : tab,
    ),
  }))
  documentStore.setState({ draftId: fresh, readOnly: false })
  forgetSaving(id)
  void claims.claim(draftClaim(fresh))
  documentStore.getState().edit(setTitle(textNow()('tabs.copyOf', { title: title || textNow()('document.untitled') })))
  planSave(fresh)
}

/** Keeps the row in step with the document on screen. */
export function startTabs(): void {
  documentStore.subscribe((state, before) => {
    const { workflow, savedWorkflow, history, draftId } = state
    if (workflow === before.workflow && savedWorkflow === before.savedWorkflow && draftId === before.draftId) return
    const edited = Boolean(tabOf(draftId)?.edited) || history.past.length + history.future.length > 0
    const dirty = isDirty(state)
    changeTab(draftId, { title: tabTitle(workflow.title), dirty, edited, ...(dirty ? {} : { recovered: false }) })
  })
}
