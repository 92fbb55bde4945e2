import type { Issue, Workflow } from '@beatloom/core'
import { allLinks, linksOf } from '../document/edits.ts'
import { groupTree } from '../document/group-tree.ts'
import type { Descriptors, PortEnd } from '../document/link-rules.ts'
import { placeholderFor } from '../document/placeholder.ts'

/** The graph as rows of a tree: groups, in them nodes, in a node its problems, inputs, values and outputs. */
export type Row = { key: string; level: number; parent: string | null; place: number; count: number } & RowKind

export type RowKind =
  | { kind: 'group'; group: string; open: boolean }
  | { kind: 'node'; node: string; open: boolean }
  | { kind: 'problem'; node: string; issue: Issue }
  | { kind: 'value'; node: string; param: string }
  | { kind: 'port'; node: string; end: PortEnd; others: PortEnd[] }

interface Sources {
  workflow: Workflow
  descriptors: Descriptors
  issues: readonly Issue[]
  isOpen(key: string): boolean
}

export const nodeKey = (node: string): string => `node:${node}`
export const groupKey = (group: string): string => `group:${group}`

export function outlineRows({ workflow, descriptors, issues, isOpen }: Sources): Row[] {
  const tree = groupTree(workflow)
  const order = flowOrder(workflow)
  const rows: Row[] = []
  const childGroups = (parent: string | null) =>
    [...tree.groups.keys()].filter((id) => (tree.parents.get(id) ?? null) === parent)

  function addLevel(group: string | null, level: number, parent: string | null): void {
    const groups = childGroups(group)
    const nodes = order.filter((id) => (tree.groupOf.get(id) ?? null) === group)
    const count = groups.length + nodes.length
    groups.forEach((id, index) => {
      const key = groupKey(id)
      const open = isOpen(key)
      rows.push({ key, level, parent, place: index + 1, count, kind: 'group', group: id, open })
      if (open) addLevel(id, level + 1, key)
    })
    nodes.forEach((node, index) => {
      const key = nodeKey(node)
      const open = isOpen(key)
      rows.push({ key, level, parent, place: groups.length + index + 1, count, kind: 'node', node, open })
      if (open) addParts(node, level + 1, key)
    })
  }

  function addParts(node: string, level: number, parent: string): void {
    const parts = partsOf(node)
    parts.forEach((part, index) => {
      rows.push({ key: `${parent}/${partKey(part)}`, level, parent, place: index + 1, count: parts.length, ...part })
    })
  }

  function partsOf(node: string): RowKind[] {
    const descriptor = descriptors.get(workflow.nodes[node]?.type ?? '') ?? placeholderFor(workflow, node)
    const links = allLinks(workflow)
    return [
      ...issues.filter((issue) => issue.node === node).map((issue): RowKind => ({ kind: 'problem', node, issue })),
      ...descriptor.inputs.map(
        ({ name }): RowKind => ({
          kind: 'port',
          node,
          end: { node, port: name, side: 'input' },
          others: linksOf(workflow.nodes[node]?.links[name]).map((from) => ({ ...from, side: 'output' })),
        }),
      ),
      ...descriptor.params.map(({ name }): RowKind => ({ kind: 'value', node, param: name })),
      ...descriptor.outputs.map(
        ({ name }): RowKind => ({
          kind: 'port',
          node,
          end: { node, port: name, side: 'output' },
          others: links
            .filter(({ from }) => from.node === node && from.port === name)
            .map(({ to }) => ({ ...to, side: 'input' })),
        }),
      ),
    ]
  }

  addLevel(null, 1, null)
  return rows
}

/** Stays the same while other parts come and go, so that the focus stays on its row. */
function partKey(part: RowKind): string {
  switch (part.kind) {
    case 'port':
      return `${part.end.side}.${part.end.port}`
    case 'value':
      return `value.${part.param}`
    case 'problem':
      return `problem.${part.issue.code}.${part.issue.port ?? part.issue.param ?? ''}.${part.issue.message}`
    default:
      return part.kind
  }
}

/** What feeds comes before what is fed; otherwise as the file has them. Loops, which no run allows, come last. */
export function flowOrder(workflow: Workflow): string[] {
  const waiting = new Map<string, number>()
  const readers = new Map<string, string[]>()
  for (const id of Object.keys(workflow.nodes)) waiting.set(id, 0)
  for (const { from, to } of allLinks(workflow)) {
    if (!waiting.has(from.node)) continue
    waiting.set(to.node, (waiting.get(to.node) ?? 0) + 1)
    const list = readers.get(from.node)
    if (list) list.push(to.node)
    else readers.set(from.node, [to.node])
  }
  const ready = [...waiting].filter(([, count]) => count === 0).map(([id]) => id)
  for (const id of ready) {
    for (const reader of readers.get(id) ?? []) {
      const left = (waiting.get(reader) ?? 0) - 1
      waiting.set(reader, left)
      if (left === 0) ready.push(reader)
    }
  }
  const placed = new Set(ready)
  return [...ready, ...Object.keys(workflow.nodes).filter((id) => !placed.has(id))]
}
