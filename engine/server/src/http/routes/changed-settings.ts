import { isDeepStrictEqual } from 'node:util'
import { parseWorkflow, type Workflow } from '@beatloom/core'
import { z } from 'zod'
import type { RunRecord } from '../../store/run-record.ts'

export const changesSchema = z.object({
  previous: z.string().nullable().describe('The run of the same title before this one'),
  changes: z.array(
    z.object({
      node: z.string(),
      type: z.string(),
      param: z.string(),
      before: z.unknown().describe('Null where the value was left at its default'),
      after: z.unknown(),
    }),
  ),
  rewired: z.boolean().describe('Nodes or links differ as well'),
})

type Job = Pick<RunRecord, 'workflow' | 'request'>
type Params = Record<string, unknown>

/** The values two runs differ in. What was asked for by an input counts as the value of its param. */
export function changedSettings(before: Job, after: Job): Omit<z.infer<typeof changesSchema>, 'previous'> {
  const [old, now] = [parseWorkflow(before.workflow), parseWorkflow(after.workflow)]
  const [oldParams, nowParams] = [paramsOf(old, before.request.inputs), paramsOf(now, after.request.inputs)]
  const changes = Object.entries(now.nodes).flatMap(([node, { type }]) => {
    if (old.nodes[node]?.type !== type) return []
    const [was, is] = [oldParams[node] ?? {}, nowParams[node] ?? {}]
    const names = new Set([...Object.keys(was), ...Object.keys(is)])
    return [...names]
      .filter((param) => !isDeepStrictEqual(was[param] ?? null, is[param] ?? null))
      .map((param) => ({ node, type, param, before: was[param] ?? null, after: is[param] ?? null }))
  })
  return { changes, rewired: !isDeepStrictEqual(shapeOf(old), shapeOf(now)) }
}

function paramsOf(workflow: Workflow, inputs: Record<string, unknown>): Record<string, Params> {
  const params = Object.fromEntries(Object.entries(workflow.nodes).map(([id, node]) => [id, { ...node.params }]))
  for (const [name, value] of Object.entries(inputs)) {
    const input = workflow.inputs[name]
    const target = input && params[input.node]
    if (target) target[input.param] = value
  }
  return params
}

const shapeOf = (workflow: Workflow): unknown =>
  Object.fromEntries(
    Object.entries(workflow.nodes).map(([id, { type, links, mode }]) => [id, { type, links, mode: mode ?? null }]),
  )
