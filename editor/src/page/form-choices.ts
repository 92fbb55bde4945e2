import type { Workflow } from '@beatloom/core'
import type { Descriptors } from '../document/link-rules.ts'
import { nodeText } from '../i18n/node-text.ts'
import type { PickerOption } from '../ui/Picker.tsx'
import type { Language } from '../view/view-store.ts'

/** Values of the graph that the form could show and does not yet. */
export function freeParams(workflow: Workflow, descriptors: Descriptors, language: Language): PickerOption[] {
  const taken = new Set(Object.values(workflow.inputs).map(({ node, param }) => `${node}.${param}`))
  return Object.entries(workflow.nodes).flatMap(([id, node]) => {
    const descriptor = descriptors.get(node.type)
    if (!descriptor) return []
    const words = nodeText(descriptor, language)
    return descriptor.params
      .filter((param) => !taken.has(`${id}.${param.name}`) && !node.links[param.name])
      .map((param) => ({
        value: `${id}.${param.name}`,
        label: words.param(param),
        note: node.title ?? words.title,
      }))
  })
}

/** Results of the graph that the form could show and does not yet. */
export function freePorts(workflow: Workflow, descriptors: Descriptors, language: Language): PickerOption[] {
  const taken = new Set(Object.values(workflow.outputs).map(({ node, port }) => `${node}.${port}`))
  return Object.entries(workflow.nodes).flatMap(([id, node]) => {
    const descriptor = descriptors.get(node.type)
    if (!descriptor || descriptor.transparent) return []
    const words = nodeText(descriptor, language)
    return descriptor.outputs
      .filter((port) => !taken.has(`${id}.${port.name}`))
      .map((port) => ({
        value: `${id}.${port.name}`,
        label: words.port(port),
        note: `${node.title ?? words.title} · ${port.type}`,
      }))
  })
}
