import { type Issue, parseWorkflow, type Workflow } from '@beatloom/core'
import { ApiError, cancelRun, getQueue, getRunEvents, getTemplate, startRun } from '../api/client.ts'
import type { RunSummary } from '../api/types.ts'
import { declaredFields } from '../document/declared-fields.ts'
import { documentStore, isDirty } from '../document/document-store.ts'
import { setParam } from '../document/edits.ts'
import { textNow } from '../i18n/index.ts'
import { quoteStore } from '../run/quote-store.ts'
import { runStore } from '../run/run-store.ts'
import { isOver } from '../run/run-view.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { toast, viewStore } from '../view/view-store.ts'
import { randomSeed } from '../widgets/random-seed.ts'
import { rollSeeds } from '../widgets/rolling-seeds.ts'
import { loadDraft } from './load-draft.ts'
import { problemStore } from './problem-store.ts'
import { queryClient } from './query-client.ts'
import { followRun, readRun, showRunIn } from './tab-runs.ts'
import { activateTab, draftClaim, openTab } from './tabs.ts'
import { type TabOrigin, tabOf, tabsStore } from './tabs-store.ts'
import { claims } from './window-session.ts'

export { followRun } from './tab-runs.ts'

/** What a person asks for: open, run, cancel. The only place that joins document, run and server. */

export const FLAGSHIP = 'song-video'

/** Opens a workflow as a new document in a tab of its own; one that nobody touched gives its place. */
export function openWorkflow(source: unknown, origin?: TabOrigin): Workflow {
  const workflow = parseWorkflow(source)
  openTab({ workflow, origin: origin ?? (Object.keys(workflow.nodes).length === 0 ? 'empty' : 'file') })
  return workflow
}

export async function openTemplate(name: string): Promise<void> {
  openWorkflow(await getTemplate(name), 'template')
}

/** Goes to the tab of a draft, or reads the draft into a new one. */
export async function openDraft(id: string): Promise<void> {
  if (tabOf(id)) return activateTab(id)
  const [{ run, ...document }, free] = await Promise.all([loadDraft(id), claims.claim(draftClaim(id))])
  const elsewhere = free ? null : 'open'
  const dirty = isDirty(document)
  openTab({
    workflow: document.workflow,
    origin: 'draft',
    document: { ...document, readOnly: elsewhere !== null },
    tab: { run, elsewhere, dirty, edited: true },
  })
  if (run) await followRun(run, id).catch(() => undefined)
}

/** Opens the workflow a run was made with, and shows that run in it; a tab that shows it already comes forward. */
export async function openRun(id: string): Promise<void> {
  const there = tabsStore.getState().tabs.find((tab) => tab.run === id && !tab.dirty)
  if (there) {
    await activateTab(there.id)
    return followRun(id)
  }
  const { workflow, events } = await readRun(id)
  const tab = openTab({ workflow, origin: 'run', tab: { run: id } })
  showRunIn(tab, id, workflow, events)
}

export interface RunWish {
  /** Only what these nodes need. */
  nodes?: string[]
  /** At the head of the queue. */
  next?: boolean
  /** Although the quote says that it cannot be done here. */
  tryAnyway?: boolean
}

/** A job that cannot be done here is not begun; what would fit stands where Run was. */
function isRefused({ nodes, tryAnyway }: RunWish): boolean {
  const { quote, stale } = quoteStore.getState()
  if (nodes || tryAnyway || stale || !quote?.refusal) return false
  toast(quote.refusal.message, 'error')
  return true
}

/** Queues the document. Problems come back as issues on their nodes; the sentence goes to a toast. */
export async function runDocument(wish: RunWish = {}): Promise<RunSummary | null> {
  if (isRefused(wish)) return null
  rollSeeds()
  return startDocument(wish)
}

/** After a failure: the same again as it stands, seeds and all, so that what is finished is taken from the cache. */
export const retryDocument = (): Promise<RunSummary | null> => startDocument({})

async function startDocument(wish: RunWish): Promise<RunSummary | null> {
  const { workflow, draftId } = documentStore.getState()
  const title = workflow.title || textNow()('document.untitled')
  try {
    const { run } = await startRun({ workflow, title, previews: viewStore.getState().livePreviews, ...wish })
    // Events may have arrived before the answer did, so what is stored is read back.
    showRunIn(draftId, run.id, workflow, await getRunEvents(run.id).catch(() => []))
    void queryClient.invalidateQueries({ queryKey: ['runs'] })
    return run
  } catch (error) {
    if (error instanceof ApiError && Array.isArray(error.details.issues)) {
      problemStore.setState({ issues: error.details.issues as Issue[], checked: workflow })
    }
    toast((error as Error).message, 'error')
    return null
  }
}

const declaredSeeds = (workflow: Workflow) =>
  declaredFields(workflow, catalogStore.getState().descriptors).filter(
    (field) => field.param.widget === 'seed' && !field.fed,
  )

/** Without a seed, another run would make the same again. */
export const canMakeAnother = (workflow: Workflow): boolean => declaredSeeds(workflow).length > 0

/** A new seed for every declared seed, then a run. */
export async function makeAnother(): Promise<void> {
  const { workflow, edit, gesture } = documentStore.getState()
  gesture(() => {
    for (const field of declaredSeeds(workflow)) edit(setParam(field.node, field.param.name, randomSeed()))
  })
  await runDocument()
}

/** Cancels the run on screen; where that one is over, the one that is going on elsewhere. */
export async function cancelCurrentRun(): Promise<void> {
  const { run } = runStore.getState()
  const shown = run && !isOver(run.state) ? run.id : null
  if (shown) runStore.setState({ cancelling: true })
  try {
    const id = shown ?? (await getQueue()).running?.id
    if (id) await cancelRun(id)
  } catch (error) {
    runStore.setState({ cancelling: false })
    toast((error as Error).message, 'error')
  }
}
