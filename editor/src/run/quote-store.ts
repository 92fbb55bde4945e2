import type { Workflow } from '@beatloom/core'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { planRun } from '../api/client.ts'
import type { PortFacts, Quote, QuotedNode } from '../api/types.ts'
import { documentStore } from '../document/document-store.ts'
import { runStore } from './run-store.ts'
import { isOver } from './run-view.ts'

/** What a run of the open document would cost, and what is known of its ports, as the server says. */
export interface QuoteState {
  quote: Quote | null
  facts: Record<string, Record<string, PortFacts>>
  nodes: Record<string, QuotedNode>
  /** The document all this belongs to; null before the first answer. */
  planned: Workflow | null
  /** The document has changed since, and the answer is on its way. */
  stale: boolean
}

const NOTHING: QuoteState = { quote: null, facts: {}, nodes: {}, planned: null, stale: true }

export const quoteStore = createStore<QuoteState>(() => NOTHING)

export const useQuote = (): { quote: Quote | null; stale: boolean } => {
  const quote = useStore(quoteStore, (state) => state.quote)
  const stale = useStore(quoteStore, (state) => state.stale)
  return { quote, stale }
}
export const usePortFacts = (node: string, port: string): PortFacts | undefined =>
  useStore(quoteStore, (state) => state.facts[node]?.[port])

const REST_MS = 500

/** Where a node stands, or what it is called, costs nothing and asks nothing. */
export function samePlan(a: Workflow, b: Workflow): boolean {
  return a === b || (a.nodes === b.nodes && a.inputs === b.inputs && a.outputs === b.outputs)
}

let timer: ReturnType<typeof setTimeout> | undefined
let asked = 0

async function ask(): Promise<void> {
  const { workflow } = documentStore.getState()
  const turn = ++asked
  if (Object.keys(workflow.nodes).length === 0) {
    quoteStore.setState({ ...NOTHING, planned: workflow, stale: false })
    return
  }
  try {
    const { quote = null, facts = {}, nodes } = await planRun(workflow)
    if (turn !== asked) return
    quoteStore.setState({
      quote,
      facts: keepSame(quoteStore.getState().facts, facts),
      nodes: keepSame(quoteStore.getState().nodes, Object.fromEntries(nodes.map((node) => [node.node, node]))),
      planned: workflow,
      stale: !samePlan(workflow, documentStore.getState().workflow),
    })
  } catch {
    // Unreachable or not a workflow yet: what was known stays, marked as old.
  }
}

/** Entries that say the same stay the same objects, so what shows them does not repaint. */
function keepSame<T>(before: Record<string, T>, now: Record<string, T>): Record<string, T> {
  const kept: Record<string, T> = {}
  for (const [key, value] of Object.entries(now)) {
    const old = before[key]
    kept[key] = old !== undefined && JSON.stringify(old) === JSON.stringify(value) ? old : value
  }
  return kept
}

/** Asks again once the document has rested a moment. */
export function askForQuote(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void ask(), REST_MS)
}

/** Asks whenever values or links have rested a moment, and after a run, which leaves results to be taken up again. */
export function startQuoting(): () => void {
  const stopDocument = documentStore.subscribe((state, before) => {
    if (state.openedCount !== before.openedCount) quoteStore.setState(NOTHING)
    else if (samePlan(state.workflow, before.workflow)) return
    if (!quoteStore.getState().stale) quoteStore.setState({ stale: true })
    askForQuote()
  })
  const stopRun = runStore.subscribe((state, before) => {
    const ended = before.run && state.run && !isOver(before.run.state) && isOver(state.run.state)
    if (ended) askForQuote()
  })
  askForQuote()
  return () => {
    clearTimeout(timer)
    stopDocument()
    stopRun()
  }
}
