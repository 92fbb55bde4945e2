import { type NodeDescriptor, PORT_TYPES, type PortDescriptor, type PortType, type Workflow } from '@beatloom/core'
import { linksOf } from './edits.ts'

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
  for (const port of usedOutputs(workflow.nodes).get(id) ?? []) if (!outputs.has(port)) outputs.set(port, anyPort(port))
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
    transparent: false,
    passThrough: {},
    inputs: [...inputs.values()],
    outputs: [...outputs.values()],
    params: [],
  }
}

type UsedOutputs = ReadonlyMap<string, ReadonlySet<string>>
const known = new WeakMap<Workflow['nodes'], UsedOutputs>()

/** Output ports that links start from, by node. Kept for a document that cannot change any more: every node asks. */
function usedOutputs(nodes: Workflow['nodes']): UsedOutputs {
  const there = known.get(nodes)
  if (there) return there
  const used = new Map<string, Set<string>>()
  for (const { links } of Object.values(nodes)) {
    for (const { node, port } of Object.values(links).flatMap(linksOf)) {
      const ports = used.get(node)
      if (ports) ports.add(port)
      else used.set(node, new Set([port]))
    }
  }
  if (Object.isFrozen(nodes)) known.set(nodes, used)
  return used
}

const anyPort = (name: string): PortDescriptor => ({ name, type: 'ANY', optional: true })

function rememberedPorts(ports: Record<string, unknown> | null | undefined): [string, PortDescriptor][] {
  return Object.entries(ports ?? {}).map(([name, port]) => {
    const written = typeof port === 'string' ? port : (port as { type?: unknown } | null)?.type
    const type = PORT_TYPES.includes(written as PortType) ? (written as PortType) : 'ANY'
    return [name, { name, type, optional: true }]
  })
}
