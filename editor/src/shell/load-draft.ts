import { parseWorkflow, type Workflow } from '@beatloom/core'
import { getDraft } from '../api/client.ts'
import type { OpenDocument } from '../document/document-store.ts'
import { EMPTY_HISTORY, type History, record } from '../document/history.ts'
import { sameWorkflow } from '../document/same-workflow.ts'
import { noteLoaded, planSave } from './autosave.ts'
import { type DraftRecord, isWritten, readLocalDraft } from './draft-storage.ts'
import { noteSync, takeSync } from './draft-sync.ts'
import { rememberView } from './tab-view.ts'
import { changeTab, tabOf } from './tabs-store.ts'
import { windowId } from './window-session.ts'

type ServerDraft = Awaited<ReturnType<typeof getDraft>>

/**
 * Reads a draft: the browser's copy with its history, or the server's where it is newer or the only one. Where both
 * went on apart, the browser's opens and the tab says so.
 * @throws {ApiError} when neither has it.
 */
export async function loadDraft(id: string): Promise<OpenDocument & { run: string | null }> {
  const mine = await readLocalDraft(id).catch(() => null)
  // What nobody changed was never sent.
  const theirs = mine && !mine.edited ? null : await getDraft(id).catch((error: Error) => error)
  const there = theirs instanceof Error ? null : theirs
  if (!mine) {
    if (!there) throw theirs
    return fromServer(id, there)
  }
  rememberView(id, mine.view)
  takeSync(id, mine.sync)
  noteLoaded(id, mine.workflow, mine.savedAt)
  const own = { workflow: mine.workflow, savedWorkflow: mine.savedWorkflow, history: mine.history }
  const rest = { draftId: id, readOnly: false, run: mine.run }
  // The page that had it went before the browser's draft or the server had its last change.
  if (!isWritten(mine) || (mine.edited && mine.sync.of !== mine.savedAt)) planSave(id)
  if (!there || there.revision <= mine.sync.revision) return { ...own, ...rest }
  switch (whichCounts(mine, there)) {
    case 'theirs': {
      const workflow = parseWorkflow(there.workflow)
      noteLoaded(id, workflow, there.savedAt)
      noteSync(id, { revision: there.revision, of: there.savedAt })
      planSave(id)
      // Only the answer to this window's own write was lost: nothing came that could be undone.
      if (sameWorkflow(workflow, own.workflow)) return { ...own, ...rest }
      return { ...own, ...rest, workflow, history: replaced(own, workflow) }
    }
    case 'mine':
      noteSync(id, { revision: there.revision, of: '' })
      return { ...own, ...rest }
    case 'both':
      if (tabOf(id)) changeTab(id, { conflict: factsOf(there) })
      return { ...own, ...rest }
  }
}

/** The server has a newer revision than this browser knows of. */
export function whichCounts(
  mine: Pick<DraftRecord, 'sync' | 'savedAt' | 'edited'>,
  theirs: { writer: string; savedAt: string },
): 'mine' | 'theirs' | 'both' {
  const nothingUnsent = !mine.edited || mine.sync.of === mine.savedAt
  if (nothingUnsent) return 'theirs'
  // Written by this window, and only the answer was lost, or the browser could not keep what the server took.
  if (theirs.writer === windowId()) return theirs.savedAt >= mine.savedAt ? 'theirs' : 'mine'
  return 'both'
}

/** A whole other document in place of this one, as one step that can be undone. */
export function replaced(now: { workflow: Workflow; history: History }, workflow: Workflow): History {
  const forward = [{ op: 'replace' as const, path: [], value: workflow }]
  const backward = [{ op: 'replace' as const, path: [], value: now.workflow }]
  return record(now.history, { forward, backward, mergeKey: null, time: Date.now() })
}

const factsOf = ({ id, title, savedAt, revision, writer }: ServerDraft) => ({ id, title, savedAt, revision, writer })

function fromServer(id: string, draft: ServerDraft): OpenDocument & { run: null } {
  const workflow = parseWorkflow(draft.workflow)
  noteLoaded(id, workflow, draft.savedAt)
  noteSync(id, { revision: draft.revision, of: draft.savedAt })
  return { workflow, savedWorkflow: workflow, history: EMPTY_HISTORY, draftId: id, readOnly: false, run: null }
}
