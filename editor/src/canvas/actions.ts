import type { NodeDescriptor } from '@beatloom/core'
import { copyNodes, planPaste, readClip } from '../document/clipboard.ts'
import { documentStore } from '../document/document-store.ts'
import { addLink, addNode, freshId, type Point, removeLink, removeNodes, toggleMode } from '../document/edits.ts'
import { moveIntoGroup } from '../document/group-edits.ts'
import { groupTree } from '../document/group-tree.ts'
import { linksAt } from '../document/link-edits.ts'
import { fittingPorts, type PortEnd, portOf } from '../document/link-rules.ts'
import { textNow } from '../i18n/index.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { toast } from '../view/view-store.ts'
import { partsOf } from './arrange-actions.ts'
import { canvasStore, type PaletteState, positionsNow, selectedIds, selectOnly } from './canvas-store.ts'
import { selectedWholes } from './groups/group-actions.ts'
import { itemOfGroup } from './groups/group-ids.ts'
import { checkNow } from './links/pull-store.ts'
import { estimatedSize } from './nodes/node-size.ts'
import { boxes } from './view/canvas-focus.ts'
import { placeApart } from './view/free-place.ts'

/** Canvas gestures as edits; each is one undo step. */

const doc = () => documentStore.getState()
const known = () => catalogStore.getState().descriptors
const NODE_WIDTH_PX = 280

/**
 * Adds a node from the palette, linked to the port the cable came from, or to the one selected node that fits.
 * @param apart beside all others, since nobody pointed at a place; the canvas then has to be brought there.
 */
export function placeNode(type: string, { at, port }: PaletteState, apart = false): void {
  const descriptor = known().get(type)
  if (!descriptor) return
  const id = freshId(doc().workflow, type)
  const source = port ?? outputOfSelection(descriptor)
  const from = source && portOf(doc().workflow, known(), source)
  const fitting = source && from ? fittingPorts(descriptor, from, source.side, port !== null)[0] : undefined
  doc().gesture(() => {
    doc().edit(
      addNode(id, descriptor, freePlace(placeBeside(at, port, fitting ? source : null), apart ? descriptor : null)),
    )
    if (source && fitting)
      link(source, { node: id, port: fitting.name, side: source.side === 'output' ? 'input' : 'output' })
  })
  canvasStore.setState({ palette: null, bubble: null })
  selectOnly([id])
}

const GAP_PX = 60
const STAGGER_PX = 28

/** Under the pointer; a node that the selection feeds goes to its right. */
function placeBeside(at: Point, port: PortEnd | null, source: PortEnd | null): Point {
  if (port) return port.side === 'input' ? { x: at.x - NODE_WIDTH_PX, y: at.y } : at
  const beside = source && positionsNow()[source.node]
  return beside ? { x: beside.x + NODE_WIDTH_PX + GAP_PX, y: beside.y } : at
}

/** Never exactly on top of another node, which would hide it; of a node that is to be apart, covering none at all. */
function freePlace(wanted: Point, apart: NodeDescriptor | null): Point {
  if (apart) return placeApart(wanted, estimatedSize(apart), boxes())
  const taken = Object.values(positionsNow())
  let place = wanted
  while (taken.some(({ x, y }) => Math.abs(x - place.x) < STAGGER_PX && Math.abs(y - place.y) < STAGGER_PX)) {
    place = { x: place.x + STAGGER_PX, y: place.y + STAGGER_PX }
  }
  return place
}

/** The first free output of the one selected node that fits the new one. */
function outputOfSelection(added: NodeDescriptor): PortEnd | null {
  const [only, ...more] = selectedIds()
  if (!only || more.length > 0) return null
  const { workflow } = doc()
  const outputs = known().get(workflow.nodes[only]?.type ?? '')?.outputs ?? []
  const ends = outputs.map((port): PortEnd => ({ node: only, port: port.name, side: 'output' }))
  const free = ends.filter((end) => linksAt(workflow, end, 'output').length === 0)
  return (
    free.find((end) => {
      const port = portOf(workflow, known(), end)
      return port && fittingPorts(added, port, 'output').length > 0
    }) ?? null
  )
}

/** Links two ports where they fit; says whether it did. */
export function link(a: PortEnd, b: PortEnd): boolean {
  const check = checkNow(a, b)
  if (check.ok) doc().edit(addLink({ from: check.from, to: check.to }, check.list))
  return check.ok
}

export function deleteSelection(): void {
  const nodes = selectedIds()
  const edges = canvasStore.getState().edges.filter((edge) => edge.selected)
  if (nodes.length + edges.length === 0) return
  doc().gesture(() => {
    for (const { data } of edges) if (data) doc().edit(removeLink(data.ends))
    if (nodes.length > 0) doc().edit(removeNodes(nodes))
  })
}

export function copySelection(): string | null {
  const ids = selectedIds()
  return ids.length === 0 ? null : JSON.stringify(copyNodes(doc().workflow, ids, positionsNow(), doc().home), null, 2)
}

/** Pastes node JSON at a point; false when the text is none. */
export function pasteText(text: string, at: Point, keepOutside = false): boolean {
  const clip = readClip(text)
  if (!clip) return false
  const plan = planPaste(doc().workflow, clip, at, keepOutside)
  doc().edit(plan.recipe)
  selectAfterSync(plan.ids)
  if (plan.joined + plan.open > 0) toast(textNow()('paste.joined', { joined: plan.joined, open: plan.open }))
  return true
}

const DUPLICATE_OFFSET_PX = 32

export function duplicateSelection(): void {
  const text = copySelection()
  if (!text) return
  const places = positionsNow()
  const { nodes, groups } = selectedWholes()
  const parts = [...nodes, ...groups.map(itemOfGroup)].flatMap(partsOf)
  const left = Math.min(...parts.map((part) => places[part]!.x))
  const top = Math.min(...parts.map((part) => places[part]!.y))
  const frame = frameAround(nodes)
  doc().gesture(() => {
    pasteText(text, { x: left + DUPLICATE_OFFSET_PX, y: top + DUPLICATE_OFFSET_PX }, true)
    if (frame !== null && groups.length === 0) doc().edit(moveIntoGroup(selectedWholes(), frame))
  })
}

/** The frame that all of these nodes are members of: their copies belong there too. */
function frameAround(nodes: readonly string[]): string | null {
  const { groupOf } = groupTree(doc().workflow)
  const [frame] = nodes.map((node) => groupOf.get(node))
  return frame !== undefined && frame !== doc().home && nodes.every((node) => groupOf.get(node) === frame)
    ? frame
    : null
}

/** The canvas follows the document in the same tick, so fresh nodes can be selected at once. */
const selectAfterSync = (ids: string[]) => selectOnly(ids)

export function muteSelection(): void {
  if (selectedIds().length > 0) doc().edit(toggleMode(selectedIds(), 'mute'))
}

export function addMediaNode(reference: string, accept: string, at: Point): boolean {
  for (const descriptor of known().values()) {
    const param = descriptor.params.find(
      (candidate) => candidate.widget === 'file' && candidate.accept === accept && !candidate.several,
    )
    if (!param) continue
    const id = freshId(doc().workflow, descriptor.type)
    doc().gesture(() => {
      doc().edit(addNode(id, descriptor, at))
      doc().edit((draft) => {
        draft.nodes[id]!.params[param.name] = reference
      })
    })
    selectOnly([id])
    return true
  }
  return false
}
