import type { Link, Workflow } from '@beatloom/core'
import { copyNodes, planPaste } from '../document/clipboard.ts'
import { documentStore, type Recipe } from '../document/document-store.ts'
import { linksOf, moveNodes, type Point } from '../document/edits.ts'
import { seal, squash } from '../document/history.ts'
import { canvasStore, positionsNow, selectedIds, selectOnly } from './canvas-store.ts'

/**
 * Alt+drag: the copies stand where the originals do, and the drag goes on with them. Shift when it ends keeps the links
 * that came in from outside. One undo step.
 */

const START_PX = 4
const PATIENCE_FRAMES = 30
/** A held Alt means something else on these. */
const NOT_A_GRIP = '.react-flow__handle, .nodrag, input, textarea, button, select'

interface Duplication {
  /** Original → copy. */
  copies: Map<string, string>
  /** Undo steps before it began. */
  past: number
}

let armed: { node: string; at: Point } | null = null
let current: Duplication | null = null

/** True where this press may become an Alt+drag; the canvas must not see it then. */
export function armAltDrag(event: PointerEvent | MouseEvent): boolean {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.button !== 0) return false
  const target = event.target as Element
  const node = target.closest<HTMLElement>('.react-flow__node')?.dataset.id
  if (!node || !documentStore.getState().workflow.nodes[node] || target.closest(NOT_A_GRIP)) return false
  if (armed) return true
  armed = { node, at: { x: event.clientX, y: event.clientY } }
  addEventListener('pointermove', onMove)
  addEventListener('pointerup', disarm, { once: true })
  return true
}

function disarm(): void {
  armed = null
  removeEventListener('pointermove', onMove)
}

function onMove(event: PointerEvent): void {
  if (!armed || Math.hypot(event.clientX - armed.at.x, event.clientY - armed.at.y) < START_PX) return
  const { node, at } = armed
  removeEventListener('pointermove', onMove)
  removeEventListener('pointerup', disarm)
  armed = null
  begin(node, at)
}

function begin(node: string, at: Point): void {
  const { workflow, edit } = documentStore.getState()
  const chosen = selectedIds().filter((id) => id in workflow.nodes)
  const ids = chosen.includes(node) ? chosen : [node]
  documentStore.setState({ history: seal(documentStore.getState().history) })
  const past = documentStore.getState().history.past.length
  const places = positionsNow()
  const clip = copyNodes(workflow, ids, places, documentStore.getState().home)
  const corner = {
    x: Math.min(...ids.map((id) => places[id]!.x)),
    y: Math.min(...ids.map((id) => places[id]!.y)),
  }
  const plan = planPaste(workflow, clip, corner, false)
  edit(plan.recipe)
  const copies = new Map(Object.keys(clip.nodes).map((id, index) => [id, plan.ids[index]!]))
  current = { copies, past }
  selectOnly(plan.ids)
  void handOver(copies.get(node)!, at)
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
  const element = await drawn(copy)
  released.abort()
  if (last || !element) {
    if (last) shiftCopies({ x: (last as Point).x - at.x, y: (last as Point).y - at.y })
    endAltDrag(shift)
    return
  }
  const press = { clientX: at.x, clientY: at.y, bubbles: true, cancelable: true, view: window, button: 0 }
  element.dispatchEvent(new MouseEvent('mousedown', press))
}

async function drawn(id: string): Promise<HTMLElement | null> {
  for (let frame = 0; frame < PATIENCE_FRAMES; frame++) {
    const element = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
    if (element && element.style.visibility !== 'hidden') return element
    await new Promise(requestAnimationFrame)
  }
  return null
}

/** A move by so much on the screen. */
function shiftCopies(by: Point): void {
  if (!current) return
  const zoom = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')!).transform).a || 1
  const places = positionsNow()
  const moved = [...current.copies.values()].map((id) => {
    const from = places[id] ?? { x: 0, y: 0 }
    return [id, { x: from.x + by.x / zoom, y: from.y + by.y / zoom }] as const
  })
  documentStore.getState().edit(moveNodes(Object.fromEntries(moved)))
}

/** After every drag; does nothing unless it was one of copies. */
export function endAltDrag(keepLinks: boolean): void {
  if (!current) return
  const { copies, past } = current
  current = null
  const { edit, workflow } = documentStore.getState()
  if (keepLinks) edit(incomingLinks(workflow, copies))
  documentStore.setState(({ history }) => ({ history: squash(history, Math.min(past, history.past.length)) }))
  selectOnly([...copies.values()].filter((id) => canvasStore.getState().nodes.some((node) => node.id === id)))
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
