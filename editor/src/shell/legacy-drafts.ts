import { parseWorkflow } from '@beatloom/core'
import { EMPTY_HISTORY } from '../document/history.ts'
import { writeLocalDraft } from './draft-storage.ts'

const CURRENT = 'beatloom.current'
const DRAFT = 'beatloom.draft.'
const RUN = 'beatloom.run.'

/** Drafts as they were kept before tabs: one text each in the browser's small storage. They move over once. */
export async function moveLegacyDrafts(): Promise<{ current: string | null; run: string | null }> {
  try {
    const names = Object.keys(localStorage).filter((key) => key.startsWith(DRAFT))
    const current = localStorage.getItem(CURRENT)
    const run = current && localStorage.getItem(RUN + current)
    const all = new Set(names.map((name) => name.slice(DRAFT.length)))
    for (const id of all) {
      await moveDraft(id, all)
      localStorage.removeItem(DRAFT + id)
      localStorage.removeItem(RUN + id)
    }
    localStorage.removeItem(CURRENT)
    return { current: current && all.has(current) ? current : null, run }
  } catch {
    // Whatever could not move stays where it is.
    return { current: null, run: null }
  }
}

async function moveDraft(id: string, inUse: ReadonlySet<string>): Promise<void> {
  const draft = JSON.parse(localStorage.getItem(DRAFT + id) ?? '{}')
  const workflow = parseWorkflow(draft.workflow)
  const facts = { id, title: workflow.title, savedAt: String(draft.savedAt), edited: draft.edited === true }
  const rest = { run: localStorage.getItem(RUN + id), view: null, sync: { revision: 1, of: String(draft.savedAt) } }
  const savedWorkflow = draft.saved ? parseWorkflow(draft.saved) : workflow
  await writeLocalDraft({ ...facts, workflow, savedWorkflow, history: EMPTY_HISTORY, ...rest }, inUse)
}
