import { parseWorkflow, type Workflow } from '@beatloom/core'
import { getDraft, listDrafts } from '../api/client.ts'
import type { DraftSummary } from '../api/types.ts'
import { textNow } from '../i18n/index.ts'
import { toast } from '../view/view-store.ts'
import { noteLoaded, planSave, saveLocally, saveNow, saveRemotely, stampOf } from './autosave.ts'
import { onDraftNews } from './draft-news.ts'
import { type DraftRecord, readLocalDraft } from './draft-storage.ts'
import { noteSync, syncOf } from './draft-sync.ts'
import { replaced, whichCounts } from './load-draft.ts'
import { changeDocument, documentOf } from './parked.ts'
import { draftClaim, readTab } from './tabs.ts'
import { changeTab, type Tab, tabOf, tabsStore } from './tabs-store.ts'
import { claims, windowId } from './window-session.ts'

/** One document in two windows, browsers or devices: one writes, the others are told, nothing is lost. */

/** Holds the drafts of all tabs; those another window holds can only be looked at. */
export async function claimTabs(tabs: readonly Tab[]): Promise<void> {
  await Promise.all(tabs.map(async ({ id }) => setElsewhere(id, (await claims.claim(draftClaim(id))) ? null : 'open')))
}

function setElsewhere(id: string, elsewhere: Tab['elsewhere']): void {
  changeTab(id, { elsewhere })
  changeDocument(id, { readOnly: elsewhere !== null })
}

export function watchClaims(): void {
  claims.beforeYield(async (name) => {
    const id = name.replace(/^draft:/, '')
    if (tabOf(id)) await saveNow(id)
  })
  claims.onLost((name) => {
    const id = name.replace(/^draft:/, '')
    if (tabOf(id)) setElsewhere(id, 'taken')
  })
}

/** Writes here from now on, going on from what the other window last had. */
export async function takeOver(id: string): Promise<void> {
  await claims.takeOver(draftClaim(id))
  await refresh(id)
  changeTab(id, { elsewhere: null })
  changeDocument(id, { readOnly: false })
}

/** Documents whose other window has gone are written here again. */
export async function reclaimFree(): Promise<void> {
  for (const { id, elsewhere } of tabsStore.getState().tabs) {
    if (elsewhere && (await claims.claim(draftClaim(id)))) await takeOver(id)
  }
}

/** Reads what the other window has written since; the view stays where it is. */
async function refresh(id: string): Promise<void> {
  const kept = await readTab(id)
  if (kept && tabOf(id)) changeDocument(id, kept.document)
}

/** Whoever looks at a document that another window writes sees it change. */
export function watchNews(): void {
  let reading = Promise.resolve()
  onDraftNews((id) => {
    reading = reading.then(async () => {
      if (!tabOf(id)?.elsewhere || !documentOf(id)) return
      const now = await readLocalDraft(id).catch(() => null)
      if (now && tabOf(id)?.elsewhere) changeDocument(id, pickDocument(now))
    })
  })
}

const pickDocument = ({ workflow, savedWorkflow, history }: DraftRecord) => ({ workflow, savedWorkflow, history })

/** Compares all tabs with the server: what others wrote is taken, or told where this window has unsent work too. */
export async function checkDrafts(): Promise<void> {
  const { tabs } = tabsStore.getState()
  if (tabs.every((tab) => !tab.edited && tab.origin !== 'draft')) return
  const drafts = new Map((await listDrafts()).map((draft) => [draft.id, draft]))
  for (const tab of tabs) {
    const theirs = drafts.get(tab.id)
    const [document, sync] = [documentOf(tab.id), syncOf(tab.id)]
    if (!theirs || !document || tab.elsewhere || theirs.revision <= sync.revision) continue
    if (theirs.writer === windowId()) continue
    const savedAt = stampOf(tab.id, document.workflow)
    const counts = whichCounts({ sync, savedAt, edited: tab.edited }, theirs)
    if (counts === 'theirs') await takeTheirs(tab.id, theirs)
    else changeTab(tab.id, { conflict: theirs })
  }
}

/** What somebody else wrote, to be compared. */
export const readTheirs = async (id: string): Promise<Workflow> => parseWorkflow((await getDraft(id)).workflow)

/** Takes the other version; this window's own is one undo away. */
export async function takeTheirs(id: string, theirs: DraftSummary): Promise<void> {
  const now = documentOf(id)
  if (!now) return
  const draft = await getDraft(id)
  const workflow = parseWorkflow(draft.workflow)
  noteLoaded(id, workflow, draft.savedAt)
  changeDocument(id, { workflow, history: replaced(now, workflow) })
  noteSync(id, { revision: draft.revision, of: draft.savedAt })
  changeTab(id, { conflict: null })
  await saveLocally(id)
  toast(textNow()('tabs.tookTheirs', { title: theirs.title || textNow()('document.untitled') }))
}

/** Puts this window's version over the other, which somebody has seen and decided. */
export async function keepMine(id: string): Promise<void> {
  const theirs = tabOf(id)?.conflict
  if (!theirs) return
  noteSync(id, { revision: theirs.revision, of: '' })
  changeTab(id, { conflict: null })
  planSave(id)
  await saveRemotely(id)
}
