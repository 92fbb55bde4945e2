import { type Issue, parseWorkflow, type Workflow } from '@beatloom/core'
import { ApiError, cancelRun, getDraft, getRun, getRunEvents, getTemplate, startRun } from '../api/client.ts'
import type { RunSummary } from '../api/types.ts'
import { declaredFields } from '../document/declared-fields.ts'
import { documentStore } from '../document/document-store.ts'
import { setParam } from '../document/edits.ts'
import { textNow } from '../i18n/index.ts'
import { clearRun, runStore, showRun } from '../run/run-store.ts'
import { isOver } from '../run/run-view.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { showFace, toast, viewStore } from '../view/view-store.ts'
import { randomSeed } from '../widgets/random-seed.ts'
import { lastRunOf, readLocalDraft, rememberRun } from './draft-storage.ts'
import { problemStore } from './problem-store.ts'
import { queryClient } from './query-client.ts'

/** What a person asks for: open, run, cancel. The only place that joins document, run and server. */

export const FLAGSHIP = 'song-video'

const freshDraftId = (): string => `d-${Date.now().toString(36)}-${Math.floor(Math.random() * 36 ** 4).toString(36)}`

/** Opens a workflow as a new document; whatever was open stays among the recent drafts. */
export function openWorkflow(source: unknown): Workflow {
  const workflow = parseWorkflow(source)
  documentStore.getState().open(workflow, freshDraftId())
  clearRun()
  return workflow
}

export async function openTemplate(name: string): Promise<void> {
  openWorkflow(await getTemplate(name))
}

export async function openDraft(id: string): Promise<void> {
  const local = readLocalDraft(id)
  const workflow = local ? parseWorkflow(local.workflow) : parseWorkflow((await getDraft(id)).workflow)
  documentStore.getState().open(workflow, id, local?.saved ? parseWorkflow(local.saved) : undefined)
  clearRun()
  const run = lastRunOf(id)
  if (run) await followRun(run).catch(() => undefined)
}

/** Opens the workflow a run was made with, and shows that run in it. */
export async function openRun(id: string): Promise<void> {
  const { workflow } = await getRun(id)
  openWorkflow(workflow)
  await followRun(id)
  rememberRun(documentStore.getState().draftId, id)
}

/** Shows a run's true state: what happened so far is read back, the rest comes over the live stream. */
export async function followRun(id: string): Promise<void> {
  const [detail, events] = await Promise.all([getRun(id), getRunEvents(id)])
  showRun(id, parseWorkflow(detail.workflow), events)
}

export interface RunWish {
  /** Only what these nodes need. */
  nodes?: string[]
  /** At the head of the queue. */
  next?: boolean
}

/** Queues the document. Problems come back as issues on their nodes; the sentence goes to a toast. */
export async function runDocument(wish: RunWish = {}): Promise<RunSummary | null> {
  rollSeeds()
  const { workflow, draftId } = documentStore.getState()
  const title = workflow.title || textNow()('document.untitled')
  try {
    const { run } = await startRun({ workflow, title, ...wish })
    rememberRun(draftId, run.id)
    // Events may have arrived before the answer did, so what is stored is read back.
    showRun(run.id, workflow, await getRunEvents(run.id).catch(() => []))
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

function rollSeeds(): void {
  const { rollingSeeds } = viewStore.getState()
  const { workflow, edit } = documentStore.getState()
  for (const address of rollingSeeds) {
    const dot = address.lastIndexOf('.')
    const [node, param] = [address.slice(0, dot), address.slice(dot + 1)]
    if (workflow.nodes[node]) edit(setParam(node, param, randomSeed()))
  }
}

const declaredSeeds = (workflow: Workflow) =>
  declaredFields(workflow, catalogStore.getState().descriptors).filter((field) => field.param.widget === 'seed')

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

export async function cancelCurrentRun(): Promise<void> {
  const { run } = runStore.getState()
  if (!run || isOver(run.state)) return
  runStore.setState({ cancelling: true })
  try {
    await cancelRun(run.id)
  } catch (error) {
    runStore.setState({ cancelling: false })
    toast((error as Error).message, 'error')
  }
}

/** Opens whatever text was read from a file, and says so when it is no workflow. */
export function openText(text: string): boolean {
  try {
    openWorkflow(text)
    showFace('graph')
    return true
  } catch (error) {
    toast((error as Error).message, 'error')
    return false
  }
}
