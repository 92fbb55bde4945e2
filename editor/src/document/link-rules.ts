import { fits, type Link, type NodeDescriptor, type PortDescriptor, type PortType, type Workflow } from '@beatloom/core'
import { allLinks, linksOf } from './edits.ts'
import { placeholderFor } from './placeholder.ts'

export type Descriptors = ReadonlyMap<string, NodeDescriptor>
export type Side = 'input' | 'output'
export interface PortEnd extends Link {
  side: Side
}

/** Why a link may not be made; the words are the interface's, by `code`. */
export type Refusal =
  | { code: 'type_mismatch'; from: PortType; to: PortType; converters: string[] }
  | { code: 'loop' }
  | { code: 'both_outputs' }
  | { code: 'both_inputs' }
  | { code: 'same_node' }
  | { code: 'unknown_port' }

export type LinkCheck =
  | { ok: true; from: Link; to: Link; list: boolean; replaces: Link | null }
  | { ok: false; refusal: Refusal }

/** Whether the two ports may be linked, whichever was dragged first; says what the new link would replace. */
export function checkLink(workflow: Workflow, descriptors: Descriptors, a: PortEnd, b: PortEnd): LinkCheck {
  if (a.side === b.side) return refuse({ code: a.side === 'output' ? 'both_outputs' : 'both_inputs' })
  const [from, to] = a.side === 'output' ? [a, b] : [b, a]
  if (from.node === to.node) return refuse({ code: 'same_node' })
  const output = portOf(workflow, descriptors, from)
  const input = portOf(workflow, descriptors, to)
  if (!output || !input) return refuse({ code: 'unknown_port' })
  const fit = fits(output, input)
  if (!fit.ok) {
    const converters = findConverters(descriptors, output, input)
    return refuse({ code: 'type_mismatch', from: fit.from, to: fit.to, converters })
  }
  if (reaches(workflow, to.node, from.node)) return refuse({ code: 'loop' })
  const list = input.list ?? false
  const replaces = list ? null : (linksOf(workflow.nodes[to.node]?.links[to.port])[0] ?? null)
  return { ok: true, from: plain(from), to: plain(to), list, replaces }
}

const refuse = (refusal: Refusal): LinkCheck => ({ ok: false, refusal })
const plain = ({ node, port }: Link): Link => ({ node, port })

export function portOf(workflow: Workflow, descriptors: Descriptors, end: PortEnd): PortDescriptor | undefined {
  const node = workflow.nodes[end.node]
  if (!node) return undefined
  const descriptor = descriptors.get(node.type) ?? placeholderFor(workflow, end.node)
  const ports = end.side === 'output' ? descriptor.outputs : descriptor.inputs
  return ports.find((port) => port.name === end.port)
}

/** Node types that only turn one type into another, from this output's type to this input's. */
export function findConverters(descriptors: Descriptors, output: PortDescriptor, input: PortDescriptor): string[] {
  return [...descriptors.values()]
    .filter((node) => node.converter && converterPorts(node, output, input) !== null)
    .map((node) => node.type)
}

/** The ports by which a converter takes the output and feeds the input. */
export function converterPorts(
  node: NodeDescriptor,
  output: PortDescriptor,
  input: PortDescriptor,
): { input: string; output: string } | null {
  const takes = node.inputs.find((port) => port.type === output.type)
  const gives = node.outputs.find((port) => port.type === input.type)
  return takes && gives ? { input: takes.name, output: gives.name } : null
}

/** Whether following links downstream from `start` comes to `goal`. A queue, not recursion: graphs may be deep. */
export function reaches(workflow: Workflow, start: string, goal: string): boolean {
  const downstream = new Map<string, string[]>()
  for (const { from, to } of allLinks(workflow)) {
    const list = downstream.get(from.node)
    if (list) list.push(to.node)
    else downstream.set(from.node, [to.node])
  }
  const seen = new Set([start])
  const queue = [start]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node === goal) return true
    for (const next of downstream.get(node) ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      queue.push(next)
    }
  }
  return false
}

/** A descriptor's ports that could take a link from `port`, best first: free required ones, then the rest in order. */
export function fittingPorts(descriptor: NodeDescriptor, port: PortDescriptor, side: Side): PortDescriptor[] {
  const candidates = side === 'output' ? descriptor.inputs : descriptor.outputs
  const fitting = candidates.filter((other) => (side === 'output' ? fits(port, other) : fits(other, port)).ok)
  const exact = (other: PortDescriptor) => (other.type === port.type ? 0 : 1)
  return fitting.toSorted((a, b) => exact(a) - exact(b))
}
