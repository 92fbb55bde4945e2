import type { NodeDescriptor, PortDescriptor, Workflow } from '@beatloom/core'
import { widgetOf } from '../widgets/widget.ts'
import type { Descriptors } from './link-rules.ts'

interface Model {
  name: string
  sizeBytes: number
  sha256: string
}

/**
 * What a file needs elsewhere: the node types it uses with their ports, and its models with size and hash. What is not
 * installed here keeps the entry it had, so a file loses nothing by passing through.
 */
export function needsOf(workflow: Workflow, descriptors: Descriptors, models: readonly Model[]): Workflow['needs'] {
  const needs: Workflow['needs'] = { ...workflow.needs, nodes: {}, models: {} }
  for (const node of Object.values(workflow.nodes)) {
    const descriptor = descriptors.get(node.type)
    const known = descriptor ? portsOf(descriptor) : workflow.needs.nodes[node.type]
    if (known !== undefined) needs.nodes[node.type] = known
    for (const param of descriptor?.params ?? []) {
      const name = node.params[param.name] ?? param.default
      if (widgetOf(param) !== 'model' || typeof name !== 'string') continue
      const model = models.find((installed) => installed.name === name)
      const facts = model ? { sizeBytes: model.sizeBytes, sha256: model.sha256 } : workflow.needs.models[name]
      if (facts !== undefined) needs.models[name] = facts
    }
  }
  return needs
}

function portsOf({ version, inputs, outputs }: NodeDescriptor) {
  const types = (ports: readonly PortDescriptor[]) => Object.fromEntries(ports.map((port) => [port.name, port.type]))
  return { version, inputs: types(inputs), outputs: types(outputs) }
}
