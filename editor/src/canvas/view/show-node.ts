import { canvasStore, itemOfNode } from '../canvas-store.ts'
import type { Flow } from '../commands.ts'
import { revealNode } from './reveal.ts'

const READABLE_ZOOM = 0.7
const MOVE_MS = 250

const moveMs = (): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOVE_MS)

/** Takes the view along to a node on screen, or the box it is in, at a zoom at which it can be read; the selection stays. */
export function centreNode(flow: Flow, id: string): boolean {
  const shown = itemOfNode(id)
  const node = canvasStore.getState().nodes.find((item) => item.id === shown)
  if (!node) return false
  const [width, height] = [node.measured?.width ?? 280, node.measured?.height ?? 180]
  const zoom = Math.min(1, Math.max(READABLE_ZOOM, flow.getZoom()))
  void flow.setCenter(node.position.x + width / 2, node.position.y + height / 2, { zoom, duration: moveMs() })
  return true
}

export interface FieldPlace {
  node?: string
  param?: string
  port?: string
}

const WAIT_MS = 1500
const TYPED = 'input:not([type=file]), textarea, [role=slider]'
const FIELDS =
  'input:not([type=file]), textarea, [role=slider], [role=radio][tabindex="0"], [role=switch], button, select'

/** Centres a node, selects it and puts the focus into the field that is meant, once it is drawn. */
export function showField({ node, param, port }: FieldPlace): void {
  if (!node) return
  revealNode(node)
  const until = performance.now() + WAIT_MS
  function look(): void {
    const target = fieldElement(node!, param, port)
    if (target) focusOn(target)
    else if (performance.now() < until) requestAnimationFrame(look)
    else nodeElement(node!)?.focus({ preventScroll: true })
  }
  requestAnimationFrame(look)
}

const nodeElement = (node: string): HTMLElement | null =>
  document.querySelector(`.react-flow__node[data-id="${CSS.escape(node)}"]`)

function fieldElement(node: string, param?: string, port?: string): HTMLElement | null {
  const card = nodeElement(node)
  if (!card) return null
  if (param !== undefined) {
    const row = card.querySelector(`[data-param="${CSS.escape(param)}"]`)
    // Rare params are folded away until asked for.
    if (!row) card.querySelector<HTMLElement>('.params-more[aria-expanded=false]')?.click()
    const fields = [...(row?.querySelectorAll<HTMLElement>(FIELDS) ?? [])]
    // Buttons around a field reset it or feed it; the field itself is meant.
    return (
      fields.find((field) => field.matches(TYPED)) ?? fields.find((field) => !field.closest('.param-label')) ?? null
    )
  }
  if (port !== undefined) return card.querySelector(`[data-handleid="${CSS.escape(port)}"]`)
  return card
}

function focusOn(element: HTMLElement): void {
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.tabIndex = -1
  element.focus({ preventScroll: true })
}
