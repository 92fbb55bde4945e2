import type { Group, Link, NodeMark, Workflow, WorkflowNode } from '@beatloom/core'
import { parseWorkflow } from '@beatloom/core'
import type { Recipe } from './document-store.ts'
import { freshId, linksOf, type Point } from './edits.ts'
import { copyGroups, copyMarks, freshGroupNames, pasteGroups } from './group-clip.ts'

/** What copying puts on the clipboard: readable JSON that survives a trip through a message. */
export interface Clip {
  beatloomClip: 1
  nodes: Record<string, WorkflowNode>
  /** Places of the nodes, top-left of the selection at 0, 0. */
  layout: Record<string, [number, number]>
  /** Groups that the nodes fill, with places from the same corner. */
  groups: Group[]
  /** Marks of the nodes: collapsed, pinned, locked, port labels. */
  marks: Record<string, NodeMark>
  /** Nodes outside the selection that feed it, so a paste elsewhere can look for the like. */
  outside: Record<string, { type: string; title?: string }>
}

/** Copies nodes with the groups they fill, as seen from inside the group `here`. */
export function copyNodes(
  workflow: Workflow,
  ids: readonly string[],
  positions: Record<string, Point>,
  here: string | null = null,
): Clip {
  const kept = ids.filter((id) => id in workflow.nodes)
  const { groups, corner } = copyGroups(workflow, kept, positions, here)
  const { x: left, y: top } = corner
  const clip: Clip = { beatloomClip: 1, nodes: {}, layout: {}, groups, marks: copyMarks(workflow, kept), outside: {} }
  for (const id of kept) {
    clip.nodes[id] = structuredClone(workflow.nodes[id]!)
    const at = positions[id] ?? { x: 0, y: 0 }
    clip.layout[id] = [Math.round(at.x - left), Math.round(at.y - top)]
    for (const { node } of Object.values(clip.nodes[id].links).flatMap(linksOf)) {
      const feeding = workflow.nodes[node]
      if (feeding && !kept.includes(node)) {
        clip.outside[node] = { type: feeding.type, ...(feeding.title ? { title: feeding.title } : {}) }
      }
    }
  }
  return clip
}

/** The clip in this text, or null when it is some other text. Words around it, as in a message, do no harm. */
export function readClip(text: string): Clip | null {
  try {
    const value = JSON.parse(jsonWithin(text))
    if (value?.beatloomClip !== 1 || typeof value.nodes !== 'object') return null
    const { layout: places = {}, groups = [], marks = {} } = value
    const { nodes, layout } = parseWorkflow({
      beatloom: 1,
      nodes: value.nodes,
      layout: { nodes: places, groups, marks },
    })
    const corners = Object.entries(layout.nodes).map(([id, at]) => [id, [at[0], at[1]]] as const)
    const outside = typeof value.outside === 'object' && value.outside !== null ? value.outside : {}
    return {
      beatloomClip: 1,
      nodes,
      layout: Object.fromEntries(corners) as Clip['layout'],
      groups: layout.groups,
      marks: layout.marks ?? {},
      outside,
    }
  } catch {
    return null
  }
}

const jsonWithin = (text: string): string => text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)

export interface PastePlan {
  recipe: Recipe
  /** The new ids, in the order of the clip. */
  ids: string[]
  /** What each group of the clip is called now. */
  groups: ReadonlyMap<string, string>
  /** Links to nodes outside the clip: how many were joined again, how many stay open. */
  joined: number
  open: number
}

/**
 * Pastes under fresh ids at a point. Links inside the clip are kept. With `keepOutside`, links to nodes outside it are
 * joined to the node of the same id and type, else to the only node of the same type and title; the rest stay open.
 */
export function planPaste(workflow: Workflow, clip: Clip, at: Point, keepOutside: boolean): PastePlan {
  const names = new Map<string, string>()
  const taken: { nodes: Record<string, unknown> } = { nodes: { ...workflow.nodes } }
  for (const [id, node] of Object.entries(clip.nodes)) {
    const fresh = id in taken.nodes ? freshId(taken, node.type) : id
    names.set(id, fresh)
    taken.nodes[fresh] = node
  }
  let joined = 0
  let open = 0
  const relink = (link: Link): Link[] => {
    const inside = names.get(link.node)
    if (inside) return [{ ...link, node: inside }]
    if (!keepOutside) return []
    const outside = findOutside(workflow, link, clip.outside[link.node])
    if (outside) joined++
    else open++
    return outside ? [{ ...link, node: outside }] : []
  }
  const nodes: Record<string, WorkflowNode> = {}
  const layout: Record<string, [number, number]> = {}
  for (const [id, node] of Object.entries(clip.nodes)) {
    const fresh = names.get(id)!
    const links: WorkflowNode['links'] = {}
    for (const [port, value] of Object.entries(node.links)) {
      const kept = linksOf(value).flatMap(relink)
      if (kept.length > 0) links[port] = Array.isArray(value) ? kept : kept[0]!
    }
    nodes[fresh] = { ...structuredClone(node), links }
    const [x, y] = clip.layout[id] ?? [0, 0]
    layout[fresh] = [Math.round(at.x + x), Math.round(at.y + y)]
  }
  const groups = freshGroupNames(workflow, clip.groups)
  const recipe: Recipe = (draft) => {
    Object.assign(draft.nodes, nodes)
    Object.assign(draft.layout.nodes, layout)
    pasteGroups(draft, clip, names, groups, at)
  }
  return { recipe, ids: [...names.values()], groups, joined, open }
}

function findOutside(workflow: Workflow, link: Link, wanted: Clip['outside'][string] | undefined): string | null {
  if (!wanted) return null
  if (workflow.nodes[link.node]?.type === wanted.type) return link.node
  const alike = Object.keys(workflow.nodes).filter((id) => {
    const node = workflow.nodes[id]!
    return node.type === wanted.type && node.title === wanted.title
  })
  return alike.length === 1 ? alike[0]! : null
}
