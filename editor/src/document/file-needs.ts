import type { NodeDescriptor, PortDescriptor, Workflow } from '@beatloom/core'
import { sharedSource } from '../models/model-source.ts'
import { widgetOf } from '../widgets/widget.ts'
import type { Descriptors } from './link-rules.ts'

interface Model {
  name: string
  title?: string
  family?: string
  sizeBytes: number
  sha256: string
  licence?: string | null
  source?: string | null
  /** Part of Beatloom: everybody has it. */
  bundled?: boolean
}

/**
 * What a file needs elsewhere: the node types it uses with their ports, and its models with size and hash, and with
 * what tells the next person where to get them. What is not installed here keeps the entry it had, so a file loses
 * nothing by passing through.
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
      const before = entryOf(workflow, name)
      const facts = model ? modelFacts(model, before) : before
      if (facts !== undefined) needs.models[name] = facts
    }
    if (descriptor) continue
    // Which of its values is a model, only the file can tell.
    for (const value of Object.values(node.params)) {
      const facts = typeof value === 'string' ? entryOf(workflow, value) : undefined
      if (facts !== undefined) needs.models[value as string] ??= facts
    }
  }
  return needs
}

const entryOf = ({ needs }: Workflow, name: string): unknown =>
  Object.hasOwn(needs.models, name) ? needs.models[name] : undefined

/** What the catalogue knows goes before what the file said; of what it does not know, the file's word stays. */
function modelFacts(model: Model, before: unknown): Record<string, unknown> {
  const said = typeof before === 'object' && before !== null && !Array.isArray(before) ? before : {}
  const found: Record<string, unknown> = { sizeBytes: model.sizeBytes, sha256: model.sha256 }
  if (model.bundled) return { ...said, ...found }
  const { title, family, licence } = model
  for (const [key, text] of Object.entries({ title, family, licence, source: sharedSource(model.source) })) {
    if (text) found[key] = text
  }
  return { ...said, ...found }
}

function portsOf({ version, inputs, outputs }: NodeDescriptor) {
  const types = (ports: readonly PortDescriptor[]) => Object.fromEntries(ports.map((port) => [port.name, port.type]))
  return { version, inputs: types(inputs), outputs: types(outputs) }
}
