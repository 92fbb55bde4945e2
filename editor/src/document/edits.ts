import type { Link, NodeDescriptor, Workflow } from '@beatloom/core'
import type { Draft } from 'immer'
import type { Recipe } from './document-store.ts'
import { dropMarks, dropMembers } from './group-members.ts'

/** The changes a person can make to a workflow, each a recipe for the document store. */

export type Point = { x: number; y: number }
/** One end to the other: an output port to an input port. */
export interface LinkEnds {
  from: Link
  to: Link
}

/** `beats`, `beats-2` …: from the last word of the type, free in this workflow. */
export function freshId(workflow: { nodes: Record<string, unknown> }, type: string): string {
  const base =
    type
      .split('.')
      .at(-1)
      ?.replace(/[^a-z0-9-]/gi, '') || 'node'
  if (!(base in workflow.nodes)) return base
  for (let n = 2; ; n++) if (!(`${base}-${n}` in workflow.nodes)) return `${base}-${n}`
}

export function addNode(id: string, descriptor: NodeDescriptor, at: Point): Recipe {
  return (draft) => {
    draft.nodes[id] = { type: descriptor.type, version: descriptor.version, params: {}, links: {} }
    draft.layout.nodes[id] = [Math.round(at.x), Math.round(at.y)]
  }
}

export function moveNodes(positions: Record<string, Point>): Recipe {
  return (draft) => {
    for (const [id, { x, y }] of Object.entries(positions)) {
      const [, , ...rest] = draft.layout.nodes[id] ?? [0, 0]
      draft.layout.nodes[id] = [Math.round(x), Math.round(y), ...rest]
    }
  }
}

export function setParam(node: string, param: string, value: unknown): Recipe {
  return (draft) => {
    const target = draft.nodes[node]
    if (target) target.params[param] = value
  }
}

export function resetParam(node: string, param: string): Recipe {
  return (draft) => {
    delete draft.nodes[node]?.params[param]
  }
}

export function renameNode(node: string, title: string): Recipe {
  return (draft) => {
    const target = draft.nodes[node]
    if (!target) return
    if (title.trim() === '') delete target.title
    else target.title = title.trim()
  }
}

export function setTitle(title: string): Recipe {
  return (draft) => {
    draft.title = title
  }
}

/** Links two ports; the old link of a single input gives way, a list input gains one more. */
export function addLink({ from, to }: LinkEnds, list: boolean): Recipe {
  return (draft) => {
    const node = draft.nodes[to.node]
    if (!node) return
    if (!list) {
      for (const old of linksOf(node.links[to.port])) forgetLinkMark(draft, old, to)
      node.links[to.port] = { ...from }
      return
    }
    const now = linksOf(node.links[to.port])
    if (now.some((link) => sameLink(link, from))) return
    node.links[to.port] = [...now, { ...from }]
  }
}

export function removeLink({ from, to }: LinkEnds): Recipe {
  return (draft) => dropLinks(draft, (link, end) => sameLink(link, from) && sameLink(end, to))
}

export function removeLinksOfPort(port: Link, side: 'input' | 'output'): Recipe {
  return (draft) => dropLinks(draft, (link, end) => sameLink(side === 'output' ? link : end, port))
}

/** Removes nodes with their links, their declared inputs and outputs, their places and marks, and groups left empty. */
export function removeNodes(ids: readonly string[]): Recipe {
  const gone = new Set(ids)
  return (draft) => {
    for (const id of gone) {
      for (const [port, value] of Object.entries(draft.nodes[id]?.links ?? {}))
        for (const link of linksOf(value)) forgetLinkMark(draft, link, { node: id, port })
      delete draft.nodes[id]
      delete draft.layout.nodes[id]
    }
    dropLinks(draft, (link) => gone.has(link.node))
    for (const [name, input] of Object.entries(draft.inputs)) if (gone.has(input.node)) delete draft.inputs[name]
    for (const [name, output] of Object.entries(draft.outputs)) if (gone.has(output.node)) delete draft.outputs[name]
    dropMembers(draft, gone)
    dropMarks(draft, gone)
  }
}

/** Mutes or bypasses nodes; asking again for the mode they all have clears it. */
export function toggleMode(ids: readonly string[], mode: 'mute' | 'bypass'): Recipe {
  return (draft) => {
    const nodes = ids.flatMap((id) => draft.nodes[id] ?? [])
    const clear = nodes.every((node) => node.mode === mode)
    for (const node of nodes) {
      if (clear) delete node.mode
      else node.mode = mode
    }
  }
}

export function declareOutput(name: string, node: string, port: string): Recipe {
  return (draft) => {
    draft.outputs[name] = { node, port }
  }
}

export function linksOf(value: Link | Link[] | undefined): Link[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/** Names a link in the layout: `NODE.PORT>NODE.PORT`. */
export const linkKey = ({ from, to }: LinkEnds): string => `${from.node}.${from.port}>${to.node}.${to.port}`

/** A link that goes takes its looks along. */
function forgetLinkMark(draft: Draft<Workflow>, from: Link, to: Link): void {
  if (!draft.layout.links) return
  delete draft.layout.links[linkKey({ from, to })]
  if (Object.keys(draft.layout.links).length === 0) delete draft.layout.links
}

export const sameLink = (a: Link, b: Link): boolean => a.node === b.node && a.port === b.port

/** Every link of a workflow, each with both ends. */
export function allLinks(workflow: Workflow): LinkEnds[] {
  return Object.entries(workflow.nodes).flatMap(([node, { links }]) =>
    Object.entries(links).flatMap(([port, value]) => linksOf(value).map((from) => ({ from, to: { node, port } }))),
  )
}

function dropLinks(draft: Draft<Workflow>, drop: (from: Link, to: Link) => boolean): void {
  for (const [node, { links }] of Object.entries(draft.nodes)) {
    for (const [port, value] of Object.entries(links)) {
      const now = linksOf(value)
      const kept = now.filter((link) => !drop(link, { node, port }))
      if (kept.length === now.length) continue
      for (const link of now) if (!kept.includes(link)) forgetLinkMark(draft, link, { node, port })
      if (kept.length === 0) delete links[port]
      else links[port] = Array.isArray(value) ? kept : kept[0]!
    }
  }
}
