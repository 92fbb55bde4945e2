import type { Link, NodeDescriptor, PortDescriptor, Workflow } from '@beatloom/core'
import { type Draft, produce } from 'immer'
import type { Recipe } from './document-store.ts'
import {
  addLink,
  addNode,
  allLinks,
  freshId,
  type LinkEnds,
  linkKey,
  linksOf,
  type Point,
  removeLink,
  removeNodes,
  sameLink,
} from './edits.ts'
import { checkLink, type Descriptors, fittingPorts, portOf } from './link-rules.ts'

/** Changes to links: moved ends, nodes put into them, neighbours joined, name tags. */

export interface LinkMove {
  old: LinkEnds
  now: LinkEnds
  /** The new input takes several links. */
  list: boolean
}

/** Moves ends of links. A link that stays at its list input keeps its place there. */
export function moveLinks(moves: readonly LinkMove[]): Recipe {
  return (draft) => {
    for (const { old, now, list } of moves) {
      if (sameLink(old.from, now.from) && sameLink(old.to, now.to)) continue
      if (!sameLink(old.to, now.to) || !replaceInList(draft, old, now)) {
        removeLink(old)(draft)
        addLink(now, list)(draft)
      }
    }
  }
}

/** False where the input holds no list. */
function replaceInList(draft: Draft<Workflow>, old: LinkEnds, now: LinkEnds): boolean {
  const list = draft.nodes[old.to.node]?.links[old.to.port]
  if (!Array.isArray(list)) return false
  const index = list.findIndex((link) => sameLink(link, old.from))
  if (index < 0 || list.some((link) => sameLink(link, now.from))) return false
  list[index] = { ...now.from }
  if (draft.layout.links) delete draft.layout.links[linkKey(old)]
  return true
}

/** The links of a port, from its side. */
export function linksAt(workflow: Workflow, port: Link, side: 'input' | 'output'): LinkEnds[] {
  if (side === 'output') return allLinks(workflow).filter(({ from }) => sameLink(from, port))
  return linksOf(workflow.nodes[port.node]?.links[port.port]).map((from) => ({
    from: { ...from },
    to: { node: port.node, port: port.port },
  }))
}

export const withoutLinks = (workflow: Workflow, links: readonly LinkEnds[]): Workflow =>
  links.length === 0
    ? workflow
    : produce(workflow, (draft) => {
        for (const link of links) removeLink(link)(draft)
      })

/** Puts a node that is on the canvas already into a link, where both halves fit. Null where they do not. */
export function insertIntoLink(
  workflow: Workflow,
  descriptors: Descriptors,
  ends: LinkEnds,
  node: string,
): Recipe | null {
  const ports = portsForLink(workflow, descriptors, ends, node)
  if (!ports) return null
  return (draft) => {
    const input = { node, port: ports.input.name }
    const output = { node, port: ports.output.name }
    moveLinks([{ old: ends, now: { from: output, to: ends.to }, list: ports.list }])(draft)
    addLink({ from: ends.from, to: input }, ports.input.list ?? false)(draft)
  }
}

function portsForLink(
  workflow: Workflow,
  descriptors: Descriptors,
  ends: LinkEnds,
  node: string,
): { input: PortDescriptor; output: PortDescriptor; list: boolean } | null {
  if (node === ends.from.node || node === ends.to.node) return null
  const descriptor = descriptors.get(workflow.nodes[node]?.type ?? '')
  const source = portOf(workflow, descriptors, { ...ends.from, side: 'output' })
  const target = portOf(workflow, descriptors, { ...ends.to, side: 'input' })
  if (!descriptor || !source || !target) return null
  const open = withoutLinks(workflow, [ends])
  const isFree = (port: string, side: 'input' | 'output') => linksAt(workflow, { node, port }, side).length === 0
  const input = fittingPorts(descriptor, source, 'output').find(
    ({ name }) =>
      isFree(name, 'input') &&
      checkLink(open, descriptors, { ...ends.from, side: 'output' }, { node, port: name, side: 'input' }).ok,
  )
  if (!input) return null
  const joined = produce(open, addLink({ from: ends.from, to: { node, port: input.name } }, input.list ?? false))
  const output = fittingPorts(descriptor, target, 'input').find(
    ({ name }) =>
      isFree(name, 'output') &&
      checkLink(joined, descriptors, { node, port: name, side: 'output' }, { ...ends.to, side: 'input' }).ok,
  )
  return output ? { input, output, list: target.list ?? false } : null
}

/** A new node in a link. The two ports are the node's. */
export function addIntoLink(ends: LinkEnds, descriptor: NodeDescriptor, id: string, at: Point, list: boolean): Recipe {
  const [input] = descriptor.inputs
  const [output] = descriptor.outputs
  return (draft) => {
    if (!input || !output) return
    addNode(id, descriptor, at)(draft)
    moveLinks([{ old: ends, now: { from: { node: id, port: output.name }, to: ends.to }, list }])(draft)
    addLink({ from: ends.from, to: { node: id, port: input.name } }, input.list ?? false)(draft)
  }
}

/** Removes nodes; what fed each is joined to what it fed, where types fit. */
export function removeJoining(workflow: Workflow, descriptors: Descriptors, ids: readonly string[]): Recipe {
  const joins: { ends: LinkEnds; list: boolean }[] = []
  let now = workflow
  for (const id of ids) {
    const outgoing = allLinks(now).filter(({ from, to }) => from.node === id && to.node !== id)
    const bridges = outgoing.flatMap(({ from, to }) => {
      const source = bridgeSource(now, descriptors, id, from.port)
      return source.map((link) => ({ from: link, to }))
    })
    now = produce(now, removeNodes([id]))
    for (const ends of bridges) {
      const check = checkLink(now, descriptors, { ...ends.from, side: 'output' }, { ...ends.to, side: 'input' })
      if (!check.ok || check.replaces) continue
      now = produce(now, addLink(ends, check.list))
      joins.push({ ends, list: check.list })
    }
  }
  return (draft) => {
    removeNodes(ids)(draft)
    for (const { ends, list } of joins) {
      if (draft.nodes[ends.from.node] && draft.nodes[ends.to.node]) addLink(ends, list)(draft)
    }
  }
}

/** What could stand in for an output: what its pass-through input has, else what feeds any input, first to last. */
function bridgeSource(workflow: Workflow, descriptors: Descriptors, id: string, output: string): Link[] {
  const node = workflow.nodes[id]
  if (!node) return []
  const descriptor = descriptors.get(node.type)
  const inner = descriptor?.passThrough[output]
  const passing = inner ? linksOf(node.links[inner])[0] : undefined
  const order = descriptor?.inputs.map(({ name }) => name) ?? Object.keys(node.links)
  return [...(passing ? [passing] : []), ...order.flatMap((name) => linksOf(node.links[name]))]
}

/** Shows links as name tags at both ends; asking again when all are shows them as lines. */
export function toggleTags(links: readonly LinkEnds[]): Recipe {
  return (draft) => {
    const keys = links.map(linkKey)
    draft.layout.links ??= {}
    const marks = draft.layout.links
    const all = keys.every((key) => marks[key]?.tag)
    for (const key of keys) {
      if (all) delete marks[key]?.tag
      else marks[key] = { ...marks[key], tag: true }
      if (Object.keys(marks[key] ?? {}).length === 0) delete marks[key]
    }
    if (Object.keys(marks).length === 0) delete draft.layout.links
  }
}

export const freshReroute = (
  workflow: Workflow,
  descriptors: Descriptors,
): { id: string; descriptor: NodeDescriptor } | null => {
  const descriptor = [...descriptors.values()].find((candidate) => candidate.transparent)
  return descriptor ? { id: freshId(workflow, descriptor.type), descriptor } : null
}
