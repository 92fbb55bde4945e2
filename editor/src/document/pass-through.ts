import type { NodeDescriptor, PortDescriptor, Workflow } from '@beatloom/core'
import { allLinks } from './edits.ts'

/** An output and the input that stands in for it while the node is bypassed. */
export interface Route {
  output: PortDescriptor
  input: PortDescriptor
}

/** The pairs a node type declares; one whose types differ would carry the wrong thing and does not count. */
export function routesOf(descriptor: NodeDescriptor): Route[] {
  return Object.entries(descriptor.passThrough).flatMap(([outputName, inputName]) => {
    const output = descriptor.outputs.find((port) => port.name === outputName)
    const input = descriptor.inputs.find((port) => port.name === inputName)
    const same = output && input && output.type === input.type && !output.list === !input.list
    return same ? [{ output, input }] : []
  })
}

/** Why a node cannot be bypassed: its type declares no pair, or an output in use has none. */
export type BypassRefusal = { reason: 'none' } | { reason: 'output'; output: PortDescriptor }

export function whyNoBypass(
  workflow: Workflow,
  id: string,
  descriptor: NodeDescriptor | undefined,
): BypassRefusal | null {
  const routes = descriptor ? routesOf(descriptor) : []
  if (!descriptor || routes.length === 0) return { reason: 'none' }
  const used = new Set([
    ...allLinks(workflow).flatMap(({ from }) => (from.node === id ? [from.port] : [])),
    ...Object.values(workflow.outputs).flatMap(({ node, port }) => (node === id ? [port] : [])),
  ])
  const stuck = descriptor.outputs.find(
    (port) => used.has(port.name) && !routes.some((route) => route.output.name === port.name),
  )
  return stuck ? { reason: 'output', output: stuck } : null
}
