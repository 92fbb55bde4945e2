import type { Link, Workflow } from '@beatloom/core'
import { copyNodes, planPaste } from '../document/clipboard.ts'
import { documentStore, type Recipe } from '../document/document-store.ts'
import { linksOf, type Point } from '../document/edits.ts'
import type { Items } from '../document/group-edits.ts'
import { membersOf } from '../document/group-tree.ts'
import { seal, squash } from '../document/history.ts'
import { partsOf, placeParts } from './arrange-actions.ts'
import { canvasStore, positionsNow, selectedItems, selectOnly } from './canvas-store.ts'
import { selectedWholes } from './groups/group-actions.ts'
import { groupOfItem, itemOfGroup } from './groups/group-ids.ts'

/**
 * Alt+drag of nodes, of frames with their members, of boxes with what is in them: the copies stand where the originals
 * do, and the drag goes on with them. Shift when it ends keeps the links that came in from outside. One undo step.
 */

const START_PX = 4
const PATIENCE_FRAMES = 30
/** A held Alt means something else on these. A frame is taken by its title, which is a button too. */
const NOT_A_GRIP = '.react-flow__handle, .nodrag, input, textarea, button:not(.frame-title), select'

interface Duplication {
  /** Original node → copy. */
  copies: Map<string, string>
  /** The copies as they are seen and selected: nodes, frames, boxes. */
  items: readonly string[]
  /** Undo steps before it began. */
  past: number
}

let armed: { item: string; at: Point } | null = null
let current: Duplication | null = null

/** True where this press may become an Alt+drag; the canvas must not see it then. */
export function armAltDrag(event: PointerEvent | MouseEvent): boolean {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.button !== 0) return false
  const target = event.target as Element
  const item = target.closest<HTMLElement>('.react-flow__node')?.dataset.id
  if (!item || !isCopied(item) || target.closest(NOT_A_GRIP)) return false
  if (armed) return true
  armed = { item, at: { x: event.clientX, y: event.clientY } }
  addEventListener('pointermove', onMove)
  addEventListener('pointerup', disarm, { once: true })
  return true
}

const isCopied = (item: string): boolean =>
  groupOfItem(item) !== null || Object.hasOwn(documentStore.getState().workflow.nodes, item)

function disarm(): void {
  armed = null
  removeEventListener('pointermove', onMove)
}

function onMove(event: PointerEvent): void {
  if (!armed || Math.hypot(event.clientX - armed.at.x, event.clientY - armed.at.y) < START_PX) return
  const { item, at } = armed
  removeEventListener('pointermove', onMove)
  removeEventListener('pointerup', disarm)
  armed = null
  begin(item, at)
}

function begin(item: string, at: Point): void {
  const { workflow, edit, home } = documentStore.getState()
  const wholes = selectedItems().includes(item) ? selectedWholes() : wholeOf(item)
  const shown = [...wholes.nodes, ...wholes.groups.map(itemOfGroup)]
  const ids = [...wholes.nodes, ...wholes.groups.flatMap((group) => membersOf(workflow, group))]
  documentStore.setState({ history: seal(documentStore.getState().history) })
  const past = documentStore.getState().history.past.length
  const places = positionsNow()
  const clip = copyNodes(workflow, ids, places, home)
  const seen = shown.flatMap(partsOf).flatMap((part) => places[part] ?? [])
  const corner = { x: Math.min(...seen.map(({ x }) => x)), y: Math.min(...seen.map(({ y }) => y)) }
  const plan = planPaste(workflow, clip, corner, false)
  edit(plan.recipe)
  const copies = new Map(Object.keys(clip.nodes).map((id, index) => [id, plan.ids[index]!]))
  const copyOf = (original: string): string => {
    const group = groupOfItem(original)
    return group === null ? copies.get(original)! : itemOfGroup(plan.groups.get(group)!)
  }
  current = { copies, items: shown.map(copyOf), past }
  selectOnly(current.items)
  // What was pressed inside a selected frame moves with the frame.
  const held = shown.find((one) => one === item || partsOf(one).includes(item)) ?? item
  void handOver(copyOf(held), at)
}

/** What a press on something that is not selected means: that alone. */
function wholeOf(item: string): Items {
  const group = groupOfItem(item)
  return group === null ? { nodes: [item], groups: [] } : { nodes: [], groups: [group] }
}

/** Lets the canvas drag the copy as if it had been pressed. A pointer let go before that moves it all the same. */
async function handOver(copy: string, at: Point): Promise<void> {
  let last: Point | null = null
  let shift = false
  const released = new AbortController()
  addEventListener(
    'pointerup',
    (event) => {
      last = { x: event.clientX, y: event.clientY }
      shift = event.shiftKey
    },
    { once: true, capture: true, signal: released.signal },
  )
  const element = await drawnGrip(copy)
  released.abort()
  if (last || !element) {
    if (last) shiftCopies({ x: (last as Point).x - at.x, y: (last as Point).y - at.y })
    endAltDrag(shift)
    return
  }
  const press = { clientX: at.x, clientY: at.y, bubbles: true, cancelable: true, view: window, button: 0 }
  element.dispatchEvent(new MouseEvent('mousedown', press))
}

/** What a copy is dragged by, once it is drawn: a frame's head, anything else as a whole. */
async function drawnGrip(id: string): Promise<HTMLElement | null> {
  for (let frame = 0; frame < PATIENCE_FRAMES; frame++) {
    const element = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
    if (element && element.style.visibility !== 'hidden') return element.querySelector('.frame-head') ?? element
    await new Promise(requestAnimationFrame)
  }
  return null
}

/** A move by so much on the screen. */
function shiftCopies(by: Point): void {
  if (!current) return
  const zoom = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')!).transform).a || 1
  const places = positionsNow()
  const moved = current.items.flatMap(partsOf).map((part) => {
    const from = places[part] ?? { x: 0, y: 0 }
    return [part, { x: from.x + by.x / zoom, y: from.y + by.y / zoom }] as const
  })
  documentStore.getState().edit(placeParts(Object.fromEntries(moved)))
}

/** After every drag; does nothing unless it was one of copies. */
export function endAltDrag(keepLinks: boolean): void {
  if (!current) return
  const { copies, items, past } = current
  current = null
  const { edit, workflow } = documentStore.getState()
  if (keepLinks) edit(incomingLinks(workflow, copies))
  documentStore.setState(({ history }) => ({ history: squash(history, Math.min(past, history.past.length)) }))
  selectOnly(items.filter((item) => canvasStore.getState().nodes.some((node) => node.id === item)))
}

/** The links that feed originals from outside, for their copies too. */
export function incomingLinks(workflow: Workflow, copies: ReadonlyMap<string, string>): Recipe {
  return (draft) => {
    for (const [original, copy] of copies) {
      const target = draft.nodes[copy]
      if (!target) continue
      for (const [port, value] of Object.entries(workflow.nodes[original]?.links ?? {})) {
        // Lists keep their order; what was copied along is fed by its copy.
        const links = linksOf(value).map((link): Link => ({ ...link, node: copies.get(link.node) ?? link.node }))
        target.links[port] = Array.isArray(value) ? links : links[0]!
      }
    }
  }
}
