import { isTerminalEvent, parseWorkflow } from '@beatloom/core'
import { listNodes } from '../api/client.ts'
import { openEventStream } from '../api/event-stream.ts'
import { documentStore } from '../document/document-store.ts'
import { receiveEvent, runStore } from '../run/run-store.ts'
import { fillCatalog } from '../view/catalog-store.ts'
import { startAutosave } from './autosave.ts'
import { currentDraftId, lastRunOf, readLocalDraft } from './draft-storage.ts'
import { startChecking } from './problem-store.ts'
import { queryClient } from './query-client.ts'
import { FLAGSHIP, followRun, openRun, openTemplate } from './session.ts'

export const runInAddress = (hash: string): string | null => /run=([\w-]+)/.exec(hash)?.[1] ?? null

/** Opens what was open last, or the flagship, and begins to listen. */
export async function startSession(): Promise<void> {
  listen()
  fillCatalog(await listNodes())
  const wanted = runInAddress(location.hash)
  if (
    !(
      wanted &&
      (await openRun(wanted).then(
        () => true,
        () => false,
      ))
    ) &&
    !(await reopenDraft())
  ) {
    await openTemplate(FLAGSHIP)
  }
  startAutosave()
  startChecking()
}

async function reopenDraft(): Promise<boolean> {
  const id = currentDraftId()
  const draft = id === null ? null : readLocalDraft(id)
  if (!draft) return false
  try {
    const saved = draft.saved ? parseWorkflow(draft.saved) : undefined
    documentStore.getState().open(parseWorkflow(draft.workflow), draft.id, saved)
  } catch {
    return false
  }
  const run = lastRunOf(draft.id)
  if (run) await followRun(run).catch(() => undefined)
  return true
}

function listen(): void {
  let wasLost = false
  openEventStream(
    null,
    (event) => {
      receiveEvent(event)
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
}

async function catchUp(): Promise<void> {
  void queryClient.invalidateQueries()
  const { run } = runStore.getState()
  if (run) await followRun(run.id).catch(() => undefined)
}
