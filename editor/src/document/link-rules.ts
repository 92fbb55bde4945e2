import {
  fits,
  type Link,
  type NodeDescriptor,
  type PortDescriptor,
  type PortType,
  type ValueFacts,
  type Workflow,
} from '@beatloom/core'
import { allLinks, linksOf } from './edits.ts'
import { lengthRefusal } from './link-lengths.ts'
import { type Descriptors, inputsOf, isReroute, type PortEnd, portOf, realInputsOf, type Side } from './port-of.ts'

export { type Descriptors, type PortEnd, portOf, type Side } from './port-of.ts'

/** Why a link may not be made; the words are the interface's, by `code`. */
export type Refusal =
  | { code: 'type_mismatch'; from: PortType; to: PortType; converters: string[] }
  | { code: 'frame_rates'; from: number; to: number; retimers: string[] }
  | { code: 'lengths'; from: number; to: number; fitters: string[] }
  | { code: 'one_link'; count: number }
  | { code: 'locked'; node: string }
  | { code: 'loop' }
  | { code: 'both_outputs' }
  | { code: 'both_inputs' }
  | { code: 'same_node' }
  | { code: 'unknown_port' }

export type LinkCheck =
  | { ok: true; from: Link; to: Link; list: boolean; replaces: Link | null }
  | { ok: false; refusal: Refusal }

/** What is known of the value at an output before anything runs. */
export type FactsOf = (output: Link) => ValueFacts | undefined

/** Whether the two ports may be linked, whichever was dragged first; says what the new link would replace. */
export function checkLink(
  workflow: Workflow,
  descriptors: Descriptors,
  a: PortEnd,
  b: PortEnd,
  factsOf?: FactsOf,
): LinkCheck {
  return linkChecker(workflow, descriptors, a, factsOf)(b)
}

/** `checkLink` from one port, for asking about many others: what loops are is worked out once. */
export function linkChecker(
  workflow: Workflow,
  descriptors: Descriptors,
  a: PortEnd,
  factsOf: FactsOf = () => undefined,
): (b: PortEnd) => LinkCheck {
  const own = portOf(workflow, descriptors, a)
  let beyond: Set<string> | undefined
  return (b) => {
    if (a.side === b.side) return refuse({ code: a.side === 'output' ? 'both_outputs' : 'both_inputs' })
    if (a.node === b.node) return refuse({ code: 'same_node' })
    const [from, to] = a.side === 'output' ? [a, b] : [b, a]
    const other = portOf(workflow, descriptors, b)
    const [output, input] = a.side === 'output' ? [own, other] : [other, own]
    if (!output || !input) return refuse({ code: 'unknown_port' })
    if (isLocked(workflow, to.node)) return refuse({ code: 'locked', node: to.node })
    const fit = fits(output, input)
    if (!fit.ok) {
      const converters = findConverters(descriptors, output, input)
      return refuse({ code: 'type_mismatch', from: fit.from, to: fit.to, converters })
    }
    beyond ??= a.side === 'output' ? upstreamOf(workflow, a.node) : downstreamOf(workflow, a.node)
    if (beyond.has(b.node)) return refuse({ code: 'loop' })
    const list = input.list ?? false
    const clash = rateClash(workflow, descriptors, { from, to, list, factsOf })
    if (clash) return refuse({ code: 'frame_rates', ...clash, retimers: findRetimers(descriptors, output, input) })
    const length = lengthRefusal(workflow, descriptors, { from, to, list, factsOf })
    if (length) {
      const fitters = length.isMendable ? findFitters(descriptors, output, input) : []
      return refuse({ code: 'lengths', from: length.from, to: length.to, fitters })
    }
    const replaces = list ? null : (linksOf(workflow.nodes[to.node]?.links[to.port])[0] ?? null)
    return { ok: true, from: plain(from), to: plain(to), list, replaces }
  }
}

const refuse = (refusal: Refusal): LinkCheck => ({ ok: false, refusal })
const plain = ({ node, port }: Link): Link => ({ node, port })
export const isLocked = (workflow: Workflow, node: string): boolean => workflow.layout.marks?.[node]?.locked === true

const HAS_RATE: ReadonlySet<PortType> = new Set(['FRAMES', 'VIDEO', 'SHOTS'])

interface RateQuestion {
  from: Link
  to: Link
  list: boolean
  factsOf: FactsOf
}

/** Frames per second that a new link would bring beside others at the same node. Unknown rates clash with nothing. */
function rateClash(
  workflow: Workflow,
  descriptors: Descriptors,
  { from, to, list, factsOf }: RateQuestion,
): { from: number; to: number } | null {
  const rate = factsOf(from)?.frameRate
  if (rate === undefined) return null
  const ends = isReroute(workflow, descriptors, to.node) ? realInputsOf(workflow, descriptors, to.node) : [to]
  for (const end of ends) {
    for (const [port, value] of Object.entries(workflow.nodes[end.node]?.links ?? {})) {
      const input = portOf(workflow, descriptors, { node: end.node, port, side: 'input' })
      const givesWay = port === end.port && !(end === to ? list : input?.list)
      if (givesWay || !input || !HAS_RATE.has(input.type)) continue
      for (const link of linksOf(value)) {
        const other = factsOf(link)?.frameRate
        if (other !== undefined && Math.abs(other - rate) > 0.001) return { from: rate, to: other }
      }
    }
  }
  return null
}

/** Node types that give frames another rate. */
function findRetimers(descriptors: Descriptors, output: PortDescriptor, input: PortDescriptor): string[] {
  return [...descriptors.values()]
    .filter((node) => node.retimes && converterPorts(node, output, input) !== null)
    .map((node) => node.type)
}

/** Node types that give a sound another length. */
function findFitters(descriptors: Descriptors, output: PortDescriptor, input: PortDescriptor): string[] {
  return [...descriptors.values()]
    .filter((node) => node.fitsSound && converterPorts(node, output, input) !== null)
    .map((node) => node.type)
}

/** Node types that only turn one type into another, from this output's type to this input's. */
export function findConverters(descriptors: Descriptors, output: PortDescriptor, input: PortDescriptor): string[] {
  return [...descriptors.values()]
    .filter((node) => node.converter && converterPorts(node, output, input) !== null)
    .map((node) => node.type)
}

/** The ports by which a converter takes the output, needing nothing besides, and feeds the input. */
export function converterPorts(
  node: NodeDescriptor,
  output: PortDescriptor,
  input: PortDescriptor,
): { input: string; output: string } | null {
  const suffices = (port: PortDescriptor) => node.inputs.every((other) => other === port || other.optional)
  const takes = node.inputs.find((port) => port.type === output.type && suffices(port))
  const gives = node.outputs.find((port) => port.type === input.type)
  return takes && gives ? { input: takes.name, output: gives.name } : null
}

/** A node and everything it feeds. Queues, not recursion: graphs may be deep. */
export function downstreamOf(workflow: Workflow, start: string): Set<string> {
  const readers = new Map<string, string[]>()
  for (const { from, to } of allLinks(workflow)) {
    const list = readers.get(from.node)
    if (list) list.push(to.node)
    else readers.set(from.node, [to.node])
  }
  return reach(start, (node) => readers.get(node) ?? [])
}

/** A node and everything that feeds it. */
export function upstreamOf(workflow: Workflow, start: string): Set<string> {
  return reach(start, (node) =>
    Object.values(workflow.nodes[node]?.links ?? {})
      .flatMap(linksOf)
      .map((link) => link.node),
  )
}

function reach(start: string, next: (node: string) => string[]): Set<string> {
  const seen = new Set([start])
  const queue = [start]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const other of next(node)) {
      if (seen.has(other)) continue
      seen.add(other)
      queue.push(other)
    }
  }
  return seen
}

/** A descriptor's ports that could take a link from `port`: exact types first, then ANY, and params where asked for. */
export function fittingPorts(
  descriptor: NodeDescriptor,
  port: PortDescriptor,
  side: Side,
  withParams = false,
): PortDescriptor[] {
  const params = withParams && port.type !== 'ANY'
  const inputs = params ? inputsOf(descriptor) : descriptor.inputs
  const candidates = side === 'output' ? inputs : descriptor.outputs
  const fitting = candidates.filter((other) => (side === 'output' ? fits(port, other) : fits(other, port)).ok)
  const rank = (other: PortDescriptor) =>
    descriptor.inputs.includes(other) || side === 'input' ? (other.type === port.type ? 0 : 1) : 2
  return fitting.toSorted((a, b) => rank(a) - rank(b))
}
