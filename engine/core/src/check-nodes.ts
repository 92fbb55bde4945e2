import type { Draft } from './draft.ts'
import { fedParams, parseTyped } from './fed-params.ts'
import { didYouMean, sentence } from './findings.ts'
import type { NodeDefinition } from './node-definition.ts'
import type { WorkflowNode } from './workflow.ts'

/** Finds a node's definition, brings its params forward and parses them. */
export function checkNode(draft: Draft, id: string, node: WorkflowNode): void {
  const definition = draft.registry.get(node.type)
  if (!definition) {
    const valid = [...draft.registry.keys()]
    draft.findings.add({
      code: 'unknown_node_type',
      message: `Node "${id}" has the unknown type "${node.type}"${didYouMean(node.type, valid)}.`,
      node: id,
      valid,
    })
    return
  }
  if (node.version > definition.version) {
    draft.findings.add({
      code: 'newer_node_version',
      message: `Node "${id}" (${definition.title}) was saved by a newer version (${node.version}; this Beatloom has ${definition.version}).`,
      node: id,
    })
    return
  }
  draft.definitions.set(id, definition)
  const params = migrateParams(definition, node)
  const shape = definition.params.shape
  for (const name of Object.keys(params)) {
    if (name in shape) continue
    const valid = Object.keys(shape)
    draft.findings.add({
      code: 'unknown_param',
      message: `Node "${id}" (${definition.title}) has no param "${name}"${didYouMean(name, valid)}.`,
      node: id,
      param: name,
      valid,
    })
  }
  const fed = fedParams(definition, Object.keys(draft.links.get(id) ?? {}))
  const parsed = parseTyped(definition, params, fed)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const param = String(issue.path[0] ?? '')
      if (issue.code === 'unrecognized_keys') continue
      draft.findings.add({
        code: 'param_invalid',
        message: `${draft.findings.nameOfParam(id, param)}: ${sentence(issue.message)}`,
        node: id,
        param,
      })
    }
    return
  }
  draft.params.set(id, parsed.data)
  // With values still to come, a node's own check waits for the run.
  const problems = fed.length > 0 ? [] : (definition.check?.(parsed.data) ?? [])
  for (const problem of problems) {
    draft.findings.add({
      code: 'param_invalid',
      message: `${draft.findings.nameOfParam(id, problem.param)}: ${problem.message}`,
      node: id,
      param: problem.param,
    })
  }
}

function migrateParams(definition: NodeDefinition, node: WorkflowNode): Record<string, unknown> {
  let params = node.params
  for (let from = node.version; from < definition.version; from++)
    params = definition.migrations?.[from]?.(params) ?? params
  return params
}
