import { type NodeDescriptor, PORT_TYPES, type PortDescriptor, type PortType, type Workflow } from '@beatloom/core'
import { allLinks } from './edits.ts'

/**
 * Stands in for a node type that is not installed: the ports the file remembers in `needs`, and those its links name.
 * Values and links stay in the document untouched.
 */
export function placeholderFor(workflow: Workflow, id: string): NodeDescriptor {
  const node = workflow.nodes[id]
  const type = node?.type ?? ''
  const remembered = workflow.needs.nodes[type] as
    | { inputs?: Record<string, unknown>; outputs?: Record<string, unknown> }
    | undefined
  const inputs = new Map(rememberedPorts(remembered?.inputs))
  const outputs = new Map(rememberedPorts(remembered?.outputs))
  for (const port of Object.keys(node?.links ?? {})) if (!inputs.has(port)) inputs.set(port, anyPort(port))
  for (const { from } of allLinks(workflow)) {
    if (from.node === id && !outputs.has(from.port)) outputs.set(from.port, anyPort(from.port))
  }
  return {
    type,
    version: node?.version ?? 1,
    title: type,
    description: '',
    category: '',
    aliases: [],
    phase: null,
    terminal: false,
    converter: false,
    passThrough: {},
    inputs: [...inputs.values()],
    outputs: [...outputs.values()],
    params: [],
  }
}

const anyPort = (name: string): PortDescriptor => ({ name, type: 'ANY', optional: true })

function rememberedPorts(ports: Record<string, unknown> = {}): [string, PortDescriptor][] {
  return Object.entries(ports).map(([name, port]) => {
    const written = typeof port === 'string' ? port : (port as { type?: unknown } | null)?.type
    const type = PORT_TYPES.includes(written as PortType) ? (written as PortType) : 'ANY'
    return [name, { name, type, optional: true }]
  })
}
