import type { Issue, Workflow } from '@beatloom/core'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { createStore } from 'zustand/vanilla'
import { validate } from '../api/client.ts'
import { documentStore } from '../document/document-store.ts'

/** What is wrong with the document as it stands, found by the server before any run. */
export interface Problems {
  issues: Issue[]
  /** The document the issues belong to. */
  checked: Workflow | null
}

export const problemStore = createStore<Problems>(() => ({ issues: [], checked: null }))

export const useProblems = () => useStore(problemStore, (state) => state.issues)
export const useNodeProblems = (node: string): Issue[] =>
  useStore(
    problemStore,
    useShallow((state) => state.issues.filter((issue) => issue.node === node)),
  )

const PAUSE_MS = 350

let planCheck: () => void = () => {}

/** The document is the same and what it is checked against is not, such as the installed models. */
export const checkAgain = (): void => planCheck()

/** Checks the document whenever it has rested a moment. Moving nodes about asks nothing. */
export function startChecking(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  async function check(): Promise<void> {
    const { workflow } = documentStore.getState()
    try {
      const issues = await validate(workflow)
      if (documentStore.getState().workflow.nodes === workflow.nodes)
        problemStore.setState({ issues, checked: workflow })
    } catch {
      // Unreachable: the last known problems stay; the banner tells about the connection.
    }
  }
  const plan = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void check(), PAUSE_MS)
  }
  const stop = documentStore.subscribe((state, before) => {
    const { nodes, inputs, outputs } = state.workflow
    const old = before.workflow
    if (nodes !== old.nodes || inputs !== old.inputs || outputs !== old.outputs) plan()
  })
  plan()
  planCheck = plan
  return () => {
    planCheck = () => {}
    clearTimeout(timer)
    stop()
  }
}
