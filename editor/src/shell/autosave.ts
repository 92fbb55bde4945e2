import { putDraft } from '../api/client.ts'
import { type DocumentState, documentStore, isDirty } from '../document/document-store.ts'
import { readLocalDraft, setCurrentDraft, writeLocalDraft } from './draft-storage.ts'

const LOCAL_WAIT_MS = 300
const SERVER_WAIT_MS = 1500

const wasEdited = (state: DocumentState): boolean => state.history.past.length > 0 || state.history.future.length > 0

/** Keeps the open document as a draft: in the browser at once, on the server within two seconds of the last edit. */
export function startAutosave(): () => void {
  let local: ReturnType<typeof setTimeout> | undefined
  let remote: ReturnType<typeof setTimeout> | undefined

  function saveLocally(): void {
    clearTimeout(local)
    local = undefined
    const state = documentStore.getState()
    const { workflow, savedWorkflow, draftId } = state
    setCurrentDraft(draftId)
    const saved = isDirty(state) ? savedWorkflow : null
    const edited = wasEdited(state) || (readLocalDraft(draftId)?.edited ?? false)
    writeLocalDraft({ id: draftId, title: workflow.title, savedAt: new Date().toISOString(), workflow, saved, edited })
  }
  function saveRemotely(): void {
    remote = undefined
    const state = documentStore.getState()
    const { draftId, workflow } = state
    if (!wasEdited(state)) return
    // The browser's copy is there already; an unreachable server is shown by the connection banner.
    putDraft(draftId, workflow.title, workflow).catch(() => undefined)
  }
  const stop = documentStore.subscribe((state, before) => {
    if (state.workflow === before.workflow && state.savedWorkflow === before.savedWorkflow) return
    local ??= setTimeout(saveLocally, LOCAL_WAIT_MS)
    clearTimeout(remote)
    remote = setTimeout(saveRemotely, SERVER_WAIT_MS)
  })
  const onLeave = () => local !== undefined && saveLocally()
  addEventListener('pagehide', onLeave)
  return () => {
    stop()
    removeEventListener('pagehide', onLeave)
    clearTimeout(local)
    clearTimeout(remote)
  }
}
