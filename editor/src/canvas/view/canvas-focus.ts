import { documentStore } from '../../document/document-store.ts'
import { allLinks } from '../../document/edits.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { canvasStore, itemOfNode, selectedItems, selectOnly } from '../canvas-store.ts'
import type { Flow } from '../commands/command.ts'
import { tabbablesIn } from '../keys/tab-order.ts'
import { estimatedSize } from '../nodes/node-size.ts'
import { type Box, type Direction, nearestInDirection } from './nearest-node.ts'

/**
 * The keyboard's place on the canvas. Whoever came by keyboard goes from node to node with the arrows; whoever clicked
 * moves the selection with them.
 */

const place: { last: string | null; arrivedBy: 'keyboard' | 'pointer'; arrowsMove: boolean } = {
  last: null,
  arrivedBy: 'keyboard',
  arrowsMove: false,
}

export const arrivedByPointer = (): boolean => place.arrivedBy === 'pointer'
export const arriveBy = (way: 'keyboard' | 'pointer'): void => {
  place.arrivedBy = way
}
export const rememberItem = (id: string): void => {
  place.last = id
}

/** Turns the arrows over from going to moving, for people without a pointer. */
export function switchArrows(): boolean {
  place.arrowsMove = !place.arrowsMove
  return place.arrowsMove
}

export const canvasElement = (): HTMLElement | null => document.querySelector('.canvas')
export const itemElement = (id: string): HTMLElement | null =>
  document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`)

/** The item on the canvas that holds the focus itself, not a field inside it. */
export function focusedItem(): string | null {
  const active = document.activeElement
  return active?.classList.contains('react-flow__node') ? ((active as HTMLElement).dataset.id ?? null) : null
}

const onCanvas = (): boolean => focusedItem() !== null || document.activeElement === canvasElement()

export const arrowsNavigate = (): boolean => onCanvas() && place.arrivedBy === 'keyboard' && !place.arrowsMove

const DRAWN_WITHIN_MS = 2500
const EDGE_PX = 24
/** Height of a node's head, in the canvas's own measure. */
const HEAD = 44

/** Focuses an item, brought into view first; where it is not drawn yet, as soon as it is. */
export function focusItem(flow: Flow, id: string): void {
  place.last = id
  bringIntoView(flow, id)
  const until = performance.now() + DRAWN_WITHIN_MS
  const look = () => {
    // A node that was just added stays hidden until it is measured, and what is hidden takes no focus.
    const element = itemElement(id)
    element?.focus({ preventScroll: true })
    const isHere = element !== null && element === document.activeElement
    if (!isHere && place.last === id && performance.now() < until) requestAnimationFrame(again)
  }
  const again = () => {
    if (!isElsewhere(document.activeElement)) look()
  }
  look()
}

/** Somebody types or is asked something: the focus is not taken away from there. */
const isElsewhere = (element: Element | null): boolean =>
  element?.isConnected === true && element.closest('.palette, .find-bar, [role=dialog], input, textarea') !== null

function bringIntoView(flow: Flow, id: string): void {
  const box = boxes().find((item) => item.id === id)
  const canvas = canvasElement()?.getBoundingClientRect()
  if (!box || !canvas) return
  const start = flow.flowToScreenPosition(box)
  // A node whose head can be read stays where it is: who placed it by pointer sees it there.
  const end = flow.flowToScreenPosition({ x: box.x + box.width, y: box.y + Math.min(box.height, HEAD) })
  const inside =
    start.x >= canvas.left + EDGE_PX &&
    start.y >= canvas.top + EDGE_PX &&
    end.x <= canvas.right - EDGE_PX &&
    end.y <= canvas.bottom - EDGE_PX
  const fills = end.x - start.x > canvas.width || end.y - start.y > canvas.height
  if (inside || (fills && start.x < canvas.right && start.y < canvas.bottom && end.x > 0 && end.y > canvas.top)) return
  void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: flow.getZoom(), duration: 0 })
}

/** All that is on screen, as large as it is, or will be about. */
export function boxes(): Box[] {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  return canvasStore.getState().nodes.map(({ id, position, measured, width, height }) => {
    const guess = estimatedSize(descriptors.get(workflow.nodes[id]?.type ?? ''))
    return {
      id,
      ...position,
      width: measured?.width ?? width ?? guess.width,
      height: measured?.height ?? height ?? guess.height,
    }
  })
}

/** The item to come back to: the last one used, the selected one, or the first. */
export function lastItem(): string | null {
  const { nodes } = canvasStore.getState()
  const known = (id: string | undefined | null) => nodes.some((node) => node.id === id)
  const candidates = [place.last, selectedItems()[0], topLeft()]
  return candidates.find(known) ?? null
}

function topLeft(): string | null {
  const sorted = boxes().toSorted((a, b) => a.x + a.y - (b.x + b.y))
  return sorted[0]?.id ?? null
}

/** The focus enters the canvas on the last used node, or on the canvas itself while it is empty. */
export function enterCanvas(flow: Flow): void {
  const id = lastItem()
  if (id === null) canvasElement()?.focus({ preventScroll: true })
  else {
    if (selectedItems().length === 0) selectOnly([id])
    focusItem(flow, id)
  }
}

/** Goes to another item and selects it alone. */
function goTo(flow: Flow, id: string): void {
  selectOnly([id])
  focusItem(flow, id)
}

export function goInDirection(flow: Flow, direction: Direction): void {
  const from = focusedItem()
  if (from === null) {
    enterCanvas(flow)
    return
  }
  const next = nearestInDirection(boxes(), from, direction)
  if (next !== null) goTo(flow, next)
}

/** Along a link, out of the node or into what feeds it; of several the first, as the ports are listed. */
export function followLink(flow: Flow, way: 'out' | 'in'): void {
  const from = focusedItem() ?? selectedItems()[0]
  if (from === undefined) return
  const links = allLinks(documentStore.getState().workflow)
  const next = links.flatMap((link) => {
    const [own, other] = way === 'out' ? [link.from.node, link.to.node] : [link.to.node, link.from.node]
    return itemOfNode(own) === from && itemOfNode(other) !== from ? [itemOfNode(other)] : []
  })[0]
  if (next === undefined) return
  arriveBy('keyboard')
  goTo(flow, next)
}

/** What stands beside a field: its port, the tools that reset and declare it. */
const BESIDES = '.react-flow__handle, .param-tool, .params-more'

/** Into the fields of the focused node: its params first, else its ports. */
export function openFields(flow: Flow): void {
  const id = focusedItem()
  const element = id === null ? null : itemElement(id)
  if (!id || !element) return
  const enter = () => {
    const fresh = itemElement(id)
    const fields = fresh ? tabbablesIn(fresh) : []
    const target = fields.find((field) => field.closest('.params') && !field.matches(BESIDES)) ?? fields[0]
    target?.focus({ preventScroll: true })
    return target !== undefined
  }
  if (enter()) return
  // From afar a node is its title alone; it comes near first.
  const box = boxes().find((item) => item.id === id)
  if (!box) return
  void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: 1, duration: 0 })
  const until = performance.now() + DRAWN_WITHIN_MS
  const look = () => void (enter() || (performance.now() < until && requestAnimationFrame(look)))
  requestAnimationFrame(look)
}
