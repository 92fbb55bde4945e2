import {
  type Link,
  type NodeDescriptor,
  PORT_TYPES,
  type PortDescriptor,
  type PortType,
  type Workflow,
} from '@beatloom/core'
import { allLinks, linksOf } from './edits.ts'
import { placeholderFor } from './placeholder.ts'

export type Descriptors = ReadonlyMap<string, NodeDescriptor>
export type Side = 'input' | 'output'
export interface PortEnd extends Link {
  side: Side
}

/**
 * The port at this end. A param that links can feed counts as an input; a reroute's ports have the type of what passes
 * through it.
 */
export function portOf(workflow: Workflow, descriptors: Descriptors, end: PortEnd): PortDescriptor | undefined {
  const node = workflow.nodes[end.node]
  if (!node) return undefined
  const descriptor = descriptors.get(node.type) ?? placeholderFor(workflow, end.node)
  const ports = end.side === 'output' ? descriptor.outputs : descriptor.inputs
  const port = ports.find(({ name }) => name === end.port)
  if (!port) return end.side === 'input' ? paramPort(descriptor, end.port) : undefined
  if (!descriptor.transparent) return port
  // What already feeds a reroute gives way to a new link; what it feeds stays and has to fit.
  const type =
    end.side === 'output' ? typeThrough(workflow, descriptors, end.node) : fedType(workflow, descriptors, end.node)
  return { ...port, type: type ?? 'ANY' }
}

/** The input that a param is, where a link can feed it. */
export function paramPort(descriptor: NodeDescriptor, name: string): PortDescriptor | undefined {
  const param = descriptor.params.find((candidate) => candidate.name === name)
  if (!param?.port) return undefined
  return { name, type: param.port, optional: true, ...(param.title ? { title: param.title } : {}) }
}

/** Every input a link may end at: the ports, then the params that can be fed. */
export function inputsOf(descriptor: NodeDescriptor): PortDescriptor[] {
  const params = descriptor.params.flatMap((param) => paramPort(descriptor, param.name) ?? [])
  return [...descriptor.inputs, ...params]
}

export const isReroute = (workflow: Workflow, descriptors: Descriptors, node: string): boolean =>
  descriptors.get(workflow.nodes[node]?.type ?? '')?.transparent === true

/** What a reroute carries: the type of what feeds it, else of what it feeds; null while neither tells. */
export function typeThrough(workflow: Workflow, descriptors: Descriptors, reroute: string): PortType | null {
  return feedingType(workflow, descriptors, reroute) ?? fedType(workflow, descriptors, reroute)
}

function feedingType(workflow: Workflow, descriptors: Descriptors, reroute: string): PortType | null {
  const seen = new Set<string>()
  for (let node = reroute; !seen.has(node); ) {
    seen.add(node)
    const [source] = Object.values(workflow.nodes[node]?.links ?? {}).flatMap(linksOf)
    if (!source) return null
    if (isReroute(workflow, descriptors, source.node)) node = source.node
    else return typeOf(portOf(workflow, descriptors, { ...source, side: 'output' }))
  }
  return null
}

function fedType(workflow: Workflow, descriptors: Descriptors, reroute: string): PortType | null {
  for (const end of realInputsOf(workflow, descriptors, reroute)) {
    const type = typeOf(portOf(workflow, descriptors, { ...end, side: 'input' }))
    if (type) return type
  }
  return null
}

/** The inputs that a reroute feeds, straight or through further reroutes. */
export function realInputsOf(workflow: Workflow, descriptors: Descriptors, reroute: string): Link[] {
  const links = allLinks(workflow)
  const found: Link[] = []
  const seen = new Set([reroute])
  const queue = [reroute]
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const { from, to } of links) {
      if (from.node !== node) continue
      if (!isReroute(workflow, descriptors, to.node)) found.push(to)
      else if (!seen.has(to.node)) {
        seen.add(to.node)
        queue.push(to.node)
      }
    }
  }
  return found
}

/** ANY tells nothing of what travels. */
const typeOf = (port: PortDescriptor | undefined): PortType | null =>
  port && port.type !== 'ANY' && PORT_TYPES.includes(port.type) ? port.type : null
