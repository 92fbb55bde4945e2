import type { Draft } from './draft.ts'
import { didYouMean, rangeText } from './findings.ts'

/** Writes the given input values into the params they stand for. */
export function applyInputs(draft: Draft, values: Record<string, unknown>): void {
  const declared = draft.workflow.inputs
  for (const [name, value] of Object.entries(values)) {
    const input = Object.hasOwn(declared, name) ? declared[name] : undefined
    if (!input) {
      draft.findings.add({
        code: 'unknown_input_name',
        message: `This workflow has no input "${name}"${didYouMean(name, Object.keys(declared))}.`,
        valid: Object.keys(declared),
        always: true,
      })
      continue
    }
    const node = draft.workflow.nodes[input.node]
    if (node) draft.workflow.nodes[input.node] = { ...node, params: { ...node.params, [input.param]: value } }
  }
}

/** Declared inputs must point at a param that exists, and stay inside their declared range. */
export function checkDeclaredInputs(draft: Draft): void {
  for (const [name, input] of Object.entries(draft.workflow.inputs)) {
    const definition = draft.definitions.get(input.node)
    if (!draft.workflow.nodes[input.node]) {
      draft.findings.add({
        code: 'input_target_missing',
        message: `Input "${name}" points at node "${input.node}", which does not exist.`,
        valid: Object.keys(draft.workflow.nodes),
      })
    } else if (definition && !(input.param in definition.params.shape)) {
      const valid = Object.keys(definition.params.shape)
      draft.findings.add({
        code: 'input_target_missing',
        message: `Input "${name}" points at param "${input.param}" of "${input.node}", which has no such param${didYouMean(input.param, valid)}.`,
        node: input.node,
        param: input.param,
        valid,
      })
    } else {
      checkInputRange(draft, name)
    }
  }
}

function checkInputRange(draft: Draft, name: string): void {
  const input = draft.workflow.inputs[name]
  if (!input) return
  const value = draft.params.get(input.node)?.[input.param]
  if (typeof value !== 'number') return
  const low = input.min !== undefined && value < input.min
  const high = input.max !== undefined && value > input.max
  if (!low && !high) return
  draft.findings.add({
    code: 'input_value_invalid',
    message: `${name} is ${value}; it must be ${rangeText(input.min, input.max)}.`,
    node: input.node,
    param: input.param,
  })
}
