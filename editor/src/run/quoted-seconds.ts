import type { Workflow } from '@beatloom/core'
import { planRun } from '../api/client.ts'
import { quoteStore, samePlan } from './quote-store.ts'
import { isOver, type RunView } from './run-view.ts'

/** Nodes that the server says nothing about count for so long, seconds. */
const UNTOLD_SECONDS = 0.2

type SecondsOf = (node: string) => number

/** Of the run on screen; null while the server is asked. */
let known: { run: string; seconds: ReadonlyMap<string, number> | null } | null = null

/**
 * How long each node of a run usually takes on the server's machine: from the quote of the open document, else asked
 * once for this run, so that its bar keeps its measure whatever is edited meanwhile.
 * @param onAnswer called once what was asked for is there.
 * @returns null until then.
 */
export function quotedSeconds(run: RunView, workflow: Workflow, onAnswer: () => void): SecondsOf | null {
  const isNew = known?.run !== run.id
  const nodes = Object.keys(run.nodes).filter((id) => Object.hasOwn(workflow.nodes, id))
  if (isNew && (nodes.length === 0 || isOver(run.state))) return () => UNTOLD_SECONDS
  if (isNew) {
    const seconds = fromQuote(workflow, nodes)
    known = { run: run.id, seconds }
    if (!seconds) void ask(run.id, workflow, nodes).then(onAnswer)
  }
  const seconds = known?.seconds
  return seconds ? (node) => seconds.get(node) ?? UNTOLD_SECONDS : null
}

function fromQuote(workflow: Workflow, nodes: readonly string[]): Map<string, number> | null {
  const { planned, nodes: quoted } = quoteStore.getState()
  if (!planned || !samePlan(planned, workflow) || !nodes.every((id) => quoted[id])) return null
  return new Map(nodes.map((id) => [id, quoted[id]!.seconds]))
}

async function ask(run: string, workflow: Workflow, nodes: string[]): Promise<void> {
  const told = await planRun(workflow, nodes).then(
    (plan) => plan.nodes,
    () => [],
  )
  if (known?.run === run) known = { run, seconds: new Map(told.map(({ node, seconds }) => [node, seconds])) }
}
