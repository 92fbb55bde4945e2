import type { Link, Workflow } from '@beatloom/core'
import type { LinkEnds } from '../../document/edits.ts'
import type { Level } from '../../document/group-tree.ts'
import { placeholderFor } from '../../document/placeholder.ts'
import { type Descriptors, inputsOf, type Side } from '../../document/port-of.ts'
import type { OuterPort } from '../canvas-store.ts'
import { handleOf, itemOfGroup, itemOfStub } from './group-ids.ts'

/** Where an end of a link is drawn. */
export interface DrawnEnd {
  item: string
  handle: string
}
export interface DrawnLink {
  ends: LinkEnds
  source: DrawnEnd
  target: DrawnEnd
}

/** What a level shows of the links: those between its items, and the ports through which others cross a border. */
export interface Border {
  links: DrawnLink[]
  /** By the id of the box's group. */
  boxPorts: Map<string, OuterPort[]>
  /** Ports outside, each with the node on this level that its first link goes to. */
  stubs: Map<string, { port: OuterPort; beside: string }>
}

export function borderOf(workflow: Workflow, level: Level, links: readonly LinkEnds[]): Border {
  const drawn: DrawnLink[] = []
  const boxPorts = new Map<string, Map<string, OuterPort>>()
  const stubs: Border['stubs'] = new Map()
  const draw = (end: Link, side: Side, box: string | null): DrawnEnd => {
    if (box === null) return { item: end.node, handle: end.port }
    const ports = boxPorts.get(box) ?? new Map<string, OuterPort>()
    boxPorts.set(box, ports)
    ports.set(`${side}:${handleOf(end)}`, { ...end, side, linked: true })
    return { item: itemOfGroup(box), handle: handleOf(end) }
  }
  for (const ends of links) {
    if (!(ends.from.node in workflow.nodes)) continue
    const from = level.standing(ends.from.node)
    const to = level.standing(ends.to.node)
    if (from.at === 'outside' && to.at === 'outside') continue
    if (from.at === 'box' && to.at === 'box' && from.box === to.box) continue
    const outside = (end: Link, side: Side, beside: DrawnEnd): DrawnEnd => {
      const item = itemOfStub(end, side)
      if (!stubs.has(item)) stubs.set(item, { port: { ...end, side, linked: true }, beside: beside.item })
      return { item, handle: handleOf(end) }
    }
    if (from.at === 'outside') {
      const target = draw(ends.to, 'input', to.at === 'box' ? to.box : null)
      drawn.push({ ends, source: outside(ends.from, 'output', target), target })
    } else {
      const source = draw(ends.from, 'output', from.at === 'box' ? from.box : null)
      const target =
        to.at === 'outside'
          ? outside(ends.to, 'input', source)
          : draw(ends.to, 'input', to.at === 'box' ? to.box : null)
      drawn.push({ ends, source, target })
    }
  }
  return {
    links: drawn,
    boxPorts: new Map([...boxPorts].map(([box, ports]) => [box, [...ports.values()]])),
    stubs,
  }
}

/** Ports of the nodes in a box that no link touches. */
export function freePorts(
  workflow: Workflow,
  descriptors: Descriptors,
  members: readonly string[],
  links: readonly LinkEnds[],
): OuterPort[] {
  const inside = new Set(members)
  const used = new Set<string>()
  for (const { from, to } of links) {
    if (inside.has(from.node)) used.add(`output:${handleOf(from)}`)
    if (inside.has(to.node)) used.add(`input:${handleOf(to)}`)
  }
  return members.flatMap((node) => {
    const descriptor = descriptors.get(workflow.nodes[node]?.type ?? '') ?? placeholderFor(workflow, node)
    const ports = [
      ...inputsOf(descriptor).map(({ name }): OuterPort => ({ node, port: name, side: 'input', linked: false })),
      ...descriptor.outputs.map(({ name }): OuterPort => ({ node, port: name, side: 'output', linked: false })),
    ]
    return ports.filter((port) => !used.has(`${port.side}:${handleOf(port)}`))
  })
}
