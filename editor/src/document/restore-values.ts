import type { Workflow } from '@beatloom/core'
import type { Recipe } from './document-store.ts'

/** Values by node, then by param. */
export type Values = Record<string, Record<string, unknown>>

/** What a run worked with: its file's values, and those that were asked for by an input. */
export function valuesOfRun(workflow: Workflow, inputs: Record<string, unknown>): Values {
  const values: Values = {}
  for (const [id, node] of Object.entries(workflow.nodes)) values[id] = { ...node.params }
  for (const [name, value] of Object.entries(inputs)) {
    const target = workflow.inputs[name]
    const params = target && values[target.node]
    if (params) params[target.param] = value
  }
  return values
}

/**
 * Brings back the values of an earlier run on the nodes that are still here with the same type; links and places stay.
 * @returns the change, and how many values it touches.
 */
export function restoreValues(now: Workflow, ran: Workflow, values: Values): { recipe: Recipe; count: number } {
  const nodes = Object.keys(now.nodes).filter((id) => ran.nodes[id]?.type === now.nodes[id]?.type && values[id])
  const count = nodes.reduce((sum, id) => sum + differing(now.nodes[id]!.params, values[id]!).length, 0)
  const recipe: Recipe = (draft) => {
    for (const id of nodes) draft.nodes[id]!.params = { ...values[id] }
  }
  return { recipe: count > 0 ? recipe : () => undefined, count }
}

function differing(a: Record<string, unknown>, b: Record<string, unknown>): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
}
