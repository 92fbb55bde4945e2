import { canonicalJson, type Link, type Workflow, type WorkflowNode } from '@beatloom/core'
import { linksOf } from './edits.ts'

/** What differs between two states of a workflow, as a person would tell it. Nodes are the same by their id. */
export interface Comparison {
  added: NodeLine[]
  removed: NodeLine[]
  changed: ChangedNode[]
  rewired: RewiredInput[]
  /** Title, description, declared inputs and outputs, and whatever else the file holds. */
  file: ValueChange[]
  /** Nodes at another place. */
  moved: number
  /** Groups, marks or link tags differ. */
  regrouped: boolean
}

export interface NodeLine {
  id: string
  type: string
  title: string | undefined
}

export interface ValueChange {
  name: string
  /** `undefined` where it was not set, or is not any more. */
  before: unknown
  after: unknown
}

export interface ChangedNode extends NodeLine {
  changes: ValueChange[]
}

export interface RewiredInput extends NodeLine {
  port: string
  before: Link[]
  after: Link[]
}

/** Parts that the graph itself tells, or that follow from it. */
const TOLD_APART = new Set(['nodes', 'layout', 'needs', 'beatloom'])
const NODE_PARTS = new Set(['params', 'links'])

export function compareWorkflows(before: Workflow, after: Workflow): Comparison {
  const comparison: Comparison = {
    added: [],
    removed: [],
    changed: [],
    rewired: [],
    file: fileChanges(before, after),
    moved: 0,
    regrouped: !same(withoutPlaces(before), withoutPlaces(after)),
  }
  const ids = new Set([...Object.keys(before.nodes), ...Object.keys(after.nodes)])
  for (const id of ids) {
    const old = before.nodes[id]
    const now = after.nodes[id]
    // Another type under the same name is another node.
    if (old && now?.type !== old.type) comparison.removed.push(lineOf(id, old))
    if (now && old?.type !== now.type) comparison.added.push(lineOf(id, now))
    if (!old || !now || old.type !== now.type) continue
    const changes = nodeChanges(old, now)
    if (changes.length > 0) comparison.changed.push({ ...lineOf(id, now), changes })
    comparison.rewired.push(...rewiredInputs(id, old, now))
    if (!same(before.layout.nodes[id], after.layout.nodes[id])) comparison.moved++
  }
  return comparison
}

export function isSame({ added, removed, changed, rewired, file, moved, regrouped }: Comparison): boolean {
  const lists = [added, removed, changed, rewired, file]
  return moved === 0 && !regrouped && lists.every((list) => list.length === 0)
}

const lineOf = (id: string, { type, title }: WorkflowNode): NodeLine => ({ id, type, title })

function nodeChanges(old: WorkflowNode, now: WorkflowNode): ValueChange[] {
  const rest = (node: WorkflowNode) => Object.fromEntries(Object.entries(node).filter(([key]) => !NODE_PARTS.has(key)))
  return [...changesIn(rest(old), rest(now)), ...changesIn(old.params, now.params)]
}

function rewiredInputs(id: string, old: WorkflowNode, now: WorkflowNode): RewiredInput[] {
  const ports = new Set([...Object.keys(old.links), ...Object.keys(now.links)])
  return [...ports].flatMap((port) => {
    const [before, after] = [linksOf(old.links[port]), linksOf(now.links[port])]
    return same(before, after) ? [] : [{ ...lineOf(id, now), port, before, after }]
  })
}

function fileChanges(before: Workflow, after: Workflow): ValueChange[] {
  const flat = (workflow: Workflow): Record<string, unknown> => {
    const { inputs, outputs, ...rest } = workflow
    const named = (kind: string, record: object) =>
      Object.entries(record).map(([key, value]) => [`${kind}.${key}`, value])
    return Object.fromEntries([
      ...Object.entries(rest).filter(([key]) => !TOLD_APART.has(key)),
      ...named('inputs', inputs),
      ...named('outputs', outputs),
    ])
  }
  return changesIn(flat(before), flat(after))
}

function changesIn(before: Record<string, unknown>, after: Record<string, unknown>): ValueChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names]
    .filter((name) => !same(before[name], after[name]))
    .map((name) => ({ name, before: before[name], after: after[name] }))
}

const withoutPlaces = ({ layout: { nodes: _, groups, ...rest } }: Workflow): unknown => ({
  ...rest,
  groups: groups.map(({ at: _at, ...group }) => group),
})

/** Absent and undefined are the same, as they are in the file. */
const same = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b))
