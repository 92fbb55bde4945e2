import type { Workflow } from '@beatloom/core'
import { copyNodes, planPaste, readClip } from '../document/clipboard.ts'
import { documentStore } from '../document/document-store.ts'
import {
  addLink,
  addNode,
  freshId,
  moveNodes,
  type Point,
  removeLink,
  removeNodes,
  toggleMode,
} from '../document/edits.ts'
import { checkLink, converterPorts, fittingPorts, type PortEnd, portOf } from '../document/link-rules.ts'
import { textNow } from '../i18n/index.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { toast } from '../view/view-store.ts'
import { type Bubble, canvasStore, type PaletteState, positionsNow, selectedIds, selectOnly } from './canvas-store.ts'

/** Canvas gestures as edits; each is one undo step. */

const doc = () => documentStore.getState()
const known = () => catalogStore.getState().descriptors
const NODE_WIDTH_PX = 280

/** Adds a node from the palette, linked to the port the cable came from, or to the one selected node that fits. */
export function placeNode(type: string, { at, port }: PaletteState): void {
  const descriptor = known().get(type)
  if (!descriptor) return
  const id = freshId(doc().workflow, type)
  const source = port ?? outputOfSelection()
  const from = source && portOf(doc().workflow, known(), source)
  const fitting = source && from ? fittingPorts(descriptor, from, source.side)[0] : undefined
  doc().gesture(() => {
    doc().edit(addNode(id, descriptor, freePlace(placeBeside(at, port, fitting ? source : null))))
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

/** Never exactly on top of another node, which would hide it. */
function freePlace(wanted: Point): Point {
  const taken = Object.values(positionsNow())
  let place = wanted
  while (taken.some(({ x, y }) => Math.abs(x - place.x) < STAGGER_PX && Math.abs(y - place.y) < STAGGER_PX)) {
    place = { x: place.x + STAGGER_PX, y: place.y + STAGGER_PX }
  }
  return place
}

/** The first free output of the one selected node. */
function outputOfSelection(): PortEnd | null {
  const [only, ...more] = selectedIds()
  if (!only || more.length > 0) return null
  const { workflow } = doc()
  const outputs = known().get(workflow.nodes[only]?.type ?? '')?.outputs ?? []
  const taken = (port: string) =>
    canvasStore.getState().edges.some((edge) => edge.source === only && edge.sourceHandle === port)
  const free = outputs.find((port) => !taken(port.name))
  return free ? { node: only, port: free.name, side: 'output' } : null
}

/** Links two ports where they fit; says whether it did. */
export function link(a: PortEnd, b: PortEnd): boolean {
  const check = checkLink(doc().workflow, known(), a, b)
  if (check.ok) doc().edit(addLink({ from: check.from, to: check.to }, check.list))
  return check.ok
}

/** Puts the offered converter between two ports that did not fit. */
export function insertConverter(type: string, { a, b }: Bubble): void {
  const descriptor = known().get(type)
  const [from, to] = a.side === 'output' ? [a, b] : [b, a]
  const { workflow } = doc()
  const output = portOf(workflow, known(), from)
  const input = portOf(workflow, known(), to)
  const ports = descriptor && output && input && converterPorts(descriptor, output, input)
  if (!descriptor || !ports) return
  const places = positionsNow()
  const start = places[from.node] ?? { x: 0, y: 0 }
  const end = places[to.node] ?? { x: 0, y: 0 }
  const id = freshId(workflow, type)
  doc().gesture(() => {
    doc().edit(addNode(id, descriptor, { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }))
    link(from, { node: id, port: ports.input, side: 'input' })
    link({ node: id, port: ports.output, side: 'output' }, to)
  })
  canvasStore.setState({ bubble: null })
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
  return ids.length === 0 ? null : JSON.stringify(copyNodes(doc().workflow, ids, positionsNow()), null, 2)
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
  const left = Math.min(...selectedIds().map((id) => places[id]!.x))
  const top = Math.min(...selectedIds().map((id) => places[id]!.y))
  pasteText(text, { x: left + DUPLICATE_OFFSET_PX, y: top + DUPLICATE_OFFSET_PX }, true)
}

/** The canvas follows the document in the same tick, so fresh nodes can be selected at once. */
const selectAfterSync = (ids: string[]) => selectOnly(ids)

export function nudgeSelection(by: Point): void {
  const ids = selectedIds()
  if (ids.length === 0) return
  const places = positionsNow()
  const moved = Object.fromEntries(ids.map((id) => [id, { x: places[id]!.x + by.x, y: places[id]!.y + by.y }]))
  doc().edit(moveNodes(moved), `nudge:${ids.join()}`)
}

export function muteSelection(): void {
  if (selectedIds().length > 0) doc().edit(toggleMode(selectedIds(), 'mute'))
}

/** Bypass follows the pass-through pairs a node declares; nodes without any are refused. */
export function bypassSelection(): void {
  const ids = selectedIds()
  const stuck = ids.filter((id) => !canBypass(doc().workflow, id))
  if (stuck.length > 0) toast(textNow()('node.noBypass', { node: stuck[0]! }), 'error')
  else if (ids.length > 0) doc().edit(toggleMode(ids, 'bypass'))
}

function canBypass(workflow: Workflow, id: string): boolean {
  const descriptor = known().get(workflow.nodes[id]?.type ?? '')
  return descriptor !== undefined && Object.keys(descriptor.passThrough).length > 0
}

export function addMediaNode(reference: string, accept: string, at: Point): boolean {
  for (const descriptor of known().values()) {
    const param = descriptor.params.find((candidate) => candidate.widget === 'file' && candidate.accept === accept)
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
