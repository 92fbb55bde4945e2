import { documentStore } from '../../document/document-store.ts'
import { type LinkEnds, type Point, removeLink } from '../../document/edits.ts'
import { addIntoLink, freshReroute, linksAt, removeJoining, toggleTags } from '../../document/link-edits.ts'
import { portOf } from '../../document/link-rules.ts'
import { inputsOf } from '../../document/port-of.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { canvasStore, type FlowEdge, selectedIds, selectOnly } from '../canvas-store.ts'
import { estimatedSize } from '../nodes/node-size.ts'

/** What people do to links, each one undo step. */

const known = () => catalogStore.getState().descriptors

export const selectedEdges = (): FlowEdge[] => canvasStore.getState().edges.filter((edge) => edge.selected)
const selectedEnds = (): LinkEnds[] => selectedEdges().flatMap(({ data }) => data?.ends ?? [])

/** A dot in the link, its middle at this point of the canvas. */
export function insertReroute(ends: LinkEnds, at: Point): void {
  const { workflow, edit } = documentStore.getState()
  const fresh = freshReroute(workflow, known())
  if (!fresh) return
  const { width, height } = estimatedSize(fresh.descriptor)
  const corner = { x: at.x - width / 2, y: at.y - height / 2 }
  const list = portOf(workflow, known(), { ...ends.to, side: 'input' })?.list ?? false
  edit(addIntoLink(ends, fresh.descriptor, fresh.id, corner, list))
  selectOnly([fresh.id])
}

/** The same for the one selected link, halfway between its nodes. */
export function rerouteSelected(): void {
  const [ends] = selectedEnds()
  if (!ends) return
  const middle = (node: string): Point => {
    const found = canvasStore.getState().nodes.find(({ id }) => id === node)
    const { x, y } = found?.position ?? { x: 0, y: 0 }
    return { x: x + (found?.measured?.width ?? 0) / 2, y: y + (found?.measured?.height ?? 0) / 2 }
  }
  const [a, b] = [middle(ends.from.node), middle(ends.to.node)]
  insertReroute(ends, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
}

export function tagSelected(): void {
  const { workflow, edit } = documentStore.getState()
  const ends = selectedEnds()
  const chosen = ends.length > 0 ? ends : selectedIds().flatMap((id) => linksOfNode(workflow.nodes, id))
  if (chosen.length > 0) edit(toggleTags(chosen))
}

/** Links of a node, in and out, from the document. */
function linksOfNode(nodes: Record<string, { type: string }>, node: string): LinkEnds[] {
  const { workflow } = documentStore.getState()
  const descriptor = known().get(nodes[node]?.type ?? '')
  const inputs = descriptor
    ? inputsOf(descriptor).map(({ name }) => name)
    : Object.keys(workflow.nodes[node]?.links ?? {})
  const outputs = descriptor?.outputs.map(({ name }) => name) ?? []
  return [
    ...inputs.flatMap((port) => linksAt(workflow, { node, port }, 'input')),
    ...outputs.flatMap((port) => linksAt(workflow, { node, port }, 'output')),
  ]
}

export function removeSelectedLinks(): void {
  const { workflow, edit, gesture } = documentStore.getState()
  const links = selectedIds().flatMap((id) => linksOfNode(workflow.nodes, id))
  gesture(() => {
    for (const link of links) edit(removeLink(link))
  })
}

/** Deletes the selection; what fed each node is joined to what it fed, where types fit. */
export function deleteJoining(): void {
  const { workflow, edit, gesture } = documentStore.getState()
  const ids = selectedIds().filter((id) => id in workflow.nodes)
  const ends = selectedEnds()
  if (ids.length + ends.length === 0) return
  gesture(() => {
    if (ids.length > 0) edit(removeJoining(workflow, known(), ids))
    else for (const link of ends) edit(removeLink(link))
  })
}
