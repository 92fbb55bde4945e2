import type { Workflow } from '@beatloom/core'
import { placesOf } from '../document/auto-layout.ts'
import { allLinks, type LinkEnds, type Point } from '../document/edits.ts'
import { boxPlace } from '../document/group-edits.ts'
import { type GroupTree, groupTree, type Level, levelOf, membersOf } from '../document/group-tree.ts'
import { type Descriptors, portOf } from '../document/link-rules.ts'
import type { CanvasState, FlowEdge, FlowNode, OuterPort } from './canvas-store.ts'
import { type Border, borderOf, freePorts } from './groups/group-border.ts'
import { fitFrames, rectOf } from './groups/group-frames.ts'
import { itemOfGroup } from './groups/group-ids.ts'
import { estimatedSize } from './nodes/node-size.ts'
import { summaryId } from './nodes/node-summary.ts'
import { lookOf } from './ports/port-look.ts'

/** What is drawn of a document: React Flow's nodes and edges for the level on screen. */
export type Drawn = Pick<CanvasState, 'nodes' | 'edges'>
type View = Pick<CanvasState, 'path' | 'fullBoxes'>

/**
 * Nodes and edges for a document. What did not change stays the same object, so nothing else repaints; where nothing
 * changed at all, the same lists come back.
 */
export function flowModel(workflow: Workflow, descriptors: Descriptors, view: View, before: Drawn): Drawn {
  const tree = groupTree(workflow)
  const level = levelOf(tree, view.path.at(-1) ?? null)
  const links = allLinks(workflow)
  const border = borderOf(workflow, level, links)
  const places = placesOf(workflow, (id) => estimatedSize(descriptors.get(workflow.nodes[id]?.type ?? '')))
  const known = new Map(before.nodes.map((node) => [node.id, node]))
  const items = [
    ...nodesOf(workflow, level, places, known),
    ...boxesOf({ workflow, descriptors, tree, level, border, links, view, places, known }),
  ]
  const all = [...items, ...stubsOf(border, items, known)]
  const frames = before.nodes.filter((node) => node.type === 'frame')
  const nodes = level.frames.length > 0 ? withPins(workflow, fitFrames(tree, level, [...frames, ...all])) : all
  return {
    nodes: sameList(before.nodes, nodes),
    edges: sameList(before.edges, edgesOf(workflow, descriptors, border, before.edges)),
  }
}

const sameList = <T>(before: T[], now: T[]): T[] =>
  before.length === now.length && now.every((item, index) => item === before[index]) ? before : now

type Known = ReadonlyMap<string, FlowNode>

function nodesOf(workflow: Workflow, level: Level, places: Record<string, Point>, known: Known): FlowNode[] {
  const ids = Object.keys(workflow.nodes).filter((id) => level.standing(id).at === 'here')
  return ids.map((id) => {
    const pinned = workflow.layout.marks?.[id]?.pinned === true
    const position = places[id]!
    const old = known.get(id)
    if (old) return changed(old, position, pinned)
    return { id, type: 'workflow', position, data: {}, domAttributes: named(id), ...(pinned ? PINNED : {}) }
  })
}

/** A node with the focus is called by its title, state, problems and links. */
const named = (id: string) => ({ 'aria-labelledby': summaryId(id) })

const PINNED = { draggable: false }

function changed(old: FlowNode, position: Point, pinned: boolean): FlowNode {
  const same = old.position.x === position.x && old.position.y === position.y
  if (same && pinned === (old.draggable === false)) return old
  const { draggable: _, ...rest } = old
  return { ...rest, position, ...(pinned ? PINNED : {}) }
}

interface BoxFacts {
  workflow: Workflow
  descriptors: Descriptors
  tree: GroupTree
  level: Level
  border: Border
  links: readonly LinkEnds[]
  view: View
  places: Record<string, Point>
  known: Known
}

function boxesOf({ workflow, descriptors, tree, level, border, links, view, places, known }: BoxFacts): FlowNode[] {
  return level.boxes.map((group): FlowNode => {
    const id = itemOfGroup(group)
    const members = membersOf(workflow, group, tree)
    const free = view.fullBoxes.includes(group) ? freePorts(workflow, descriptors, members, links) : []
    const ports = [...(border.boxPorts.get(group) ?? []), ...free]
    const position = boxPlace(tree, group, places)
    const pinned = allPinned(workflow, members)
    const old = known.get(id)
    // A frame that was just collapsed, or a box that was opened, is another thing under the same name.
    if (old?.type !== 'box') {
      const selected = old?.selected ? { selected: true } : {}
      return { id, type: 'box', position, data: { ports }, ...selected, ...(pinned ? PINNED : {}) }
    }
    const kept = changed(old, position, pinned)
    return samePorts(old.data.ports, ports) ? kept : { ...kept, data: { ports } }
  })
}

const allPinned = (workflow: Workflow, members: readonly string[]): boolean =>
  members.length > 0 && members.every((node) => workflow.layout.marks?.[node]?.pinned)

function samePorts(a: readonly OuterPort[] = [], b: readonly OuterPort[] = []): boolean {
  return (
    a.length === b.length &&
    a.every((port, index) => {
      const other = b[index]!
      return (
        port.node === other.node && port.port === other.port && port.side === other.side && port.linked === other.linked
      )
    })
  )
}

/** A frame whose every member is pinned does not move either. */
function withPins(workflow: Workflow, nodes: readonly FlowNode[]): FlowNode[] {
  return nodes.map((node) => {
    if (node.type !== 'frame') return node
    const pinned = allPinned(workflow, membersOf(workflow, node.id.slice(itemOfGroup('').length)))
    return changed(node, node.position, pinned)
  })
}

const STUB = { width: 200, height: 32, gap: 8, away: 96 }

/** Ports beyond the border, in a column on either side of the level. */
function stubsOf(border: Border, items: readonly FlowNode[], known: Known): FlowNode[] {
  if (border.stubs.size === 0) return []
  const rects = new Map(
    items.map((node) => [node.id, rectOf(node) ?? { ...node.position, ...estimatedSize(undefined) }]),
  )
  const left = Math.min(...[...rects.values()].map(({ x }) => x)) - STUB.away - STUB.width
  const right = Math.max(...[...rects.values()].map(({ x, width }) => x + width)) + STUB.away
  const column = (side: 'input' | 'output'): FlowNode[] => {
    const stubs = [...border.stubs].filter(([, { port }]) => port.side === side)
    const wanted = stubs.map(([id, { port, beside }]) => ({ id, port, y: (rects.get(beside)?.y ?? 0) + 40 }))
    let lowest = Number.NEGATIVE_INFINITY
    return wanted
      .toSorted((a, b) => a.y - b.y)
      .map(({ id, port, y }): FlowNode => {
        const place = Math.max(y, lowest)
        lowest = place + STUB.height + STUB.gap
        const position = { x: side === 'output' ? left : right, y: place }
        const old = known.get(id)
        if (old) return changed(old, position, true)
        return { id, type: 'stub', position, data: { ports: [port] }, selectable: false, ...PINNED }
      })
  }
  return [...column('output'), ...column('input')]
}

export const edgeId = ({ from, to }: LinkEnds): string => JSON.stringify([from.node, from.port, to.node, to.port])

function edgesOf(
  workflow: Workflow,
  descriptors: Descriptors,
  border: Border,
  before: readonly FlowEdge[],
): FlowEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]))
  return border.links.map(({ ends, source, target }): FlowEdge => {
    const id = edgeId(ends)
    const type = portOf(workflow, descriptors, { ...ends.from, side: 'output' })?.type ?? 'ANY'
    const colour = lookOf(type).colour
    const old = known.get(id)
    if (old?.style?.stroke === colour && isDrawnAt(old, source, target)) return old
    return {
      id,
      source: source.item,
      sourceHandle: source.handle,
      target: target.item,
      targetHandle: target.handle,
      data: { ends },
      style: { stroke: colour },
      ariaLabel: `${ends.from.node}.${ends.from.port} → ${ends.to.node}.${ends.to.port}`,
      ...(old?.selected ? { selected: true } : {}),
    }
  })
}

const isDrawnAt = (edge: FlowEdge, source: Border['links'][number]['source'], target: typeof source): boolean =>
  edge.source === source.item &&
  edge.sourceHandle === source.handle &&
  edge.target === target.item &&
  edge.targetHandle === target.handle
