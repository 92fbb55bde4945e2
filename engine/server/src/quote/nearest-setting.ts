import { describeNode, type Registry, type Workflow, type WorkflowInput } from '@beatloom/core'

/** A declared input at another value. */
export interface Setting {
  input: string
  node: string
  param: string
  value: unknown
}

/** How many values of one input are tried. */
const MOST_TRIED = 12

/**
 * The setting nearest to the one asked for that fits: each declared input is tried at its other choices, or at lower
 * numbers, alone. Of what fits, the one that keeps the most work is nearest.
 * @param attempt what a run with these inputs would take; null when it would not fit either.
 */
export async function nearestSetting(
  workflow: Workflow,
  given: Record<string, unknown>,
  registry: Registry,
  attempt: (inputs: Record<string, unknown>) => Promise<number | null>,
): Promise<Setting | null> {
  let best: { setting: Setting; seconds: number } | null = null
  for (const [input, target] of Object.entries(workflow.inputs)) {
    const current = given[input] ?? currentValue(workflow, target, registry)
    for (const value of candidates(target, current, workflow, registry)) {
      const seconds = await attempt({ ...given, [input]: value })
      if (seconds === null) continue
      if (!best || seconds > best.seconds) {
        best = { setting: { input, node: target.node, param: target.param, value }, seconds }
      }
      // Numbers come from high to low: the first that fits is the largest.
      if (typeof value === 'number') break
    }
  }
  return best?.setting ?? null
}

function schemaOf({ node, param }: WorkflowInput, workflow: Workflow, registry: Registry) {
  const definition = registry.get(workflow.nodes[node]?.type ?? '')
  const descriptor = definition && describeNode(definition).params.find((each) => each.name === param)
  if (!descriptor || descriptor.widget === 'file' || descriptor.widget === 'seed' || descriptor.widget === 'model') {
    return null
  }
  return descriptor
}

function currentValue(workflow: Workflow, target: WorkflowInput, registry: Registry): unknown {
  return workflow.nodes[target.node]?.params[target.param] ?? schemaOf(target, workflow, registry)?.default
}

function candidates(target: WorkflowInput, current: unknown, workflow: Workflow, registry: Registry): unknown[] {
  const schema = schemaOf(target, workflow, registry)?.schema as
    | { enum?: unknown[]; minimum?: number; exclusiveMinimum?: number; type?: string }
    | undefined
  if (schema?.enum) return schema.enum.filter((choice) => choice !== current).slice(0, MOST_TRIED)
  if (typeof current !== 'number') return []
  const least = Math.max(target.min ?? Number.NEGATIVE_INFINITY, schema?.minimum ?? schema?.exclusiveMinimum ?? 0)
  return lowerNumbers(current, least, schema?.type === 'integer')
}

/** Round numbers below one, high to low: 210 → 180, 150, 120, 90 … 1. */
export function lowerNumbers(from: number, least: number, wholeOnly: boolean): number[] {
  const steps = [
    3600, 1800, 1200, 900, 600, 480, 360, 300, 240, 180, 150, 120, 90, 60, 45, 30, 20, 15, 10, 8, 5, 3, 2, 1,
  ]
  const lower = wholeOnly ? steps : [...steps, 0.5]
  return lower.filter((step) => step < from && step >= least).slice(0, 2 * MOST_TRIED)
}
