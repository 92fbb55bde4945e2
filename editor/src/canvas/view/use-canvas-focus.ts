import { useReactFlow } from '@xyflow/react'
import { useEffect } from 'react'
import { documentStore } from '../../document/document-store.ts'
import { textNow } from '../../i18n/index.ts'
import { announce } from '../../shell/announce-store.ts'
import type { FlowEdge, FlowNode } from '../canvas-store.ts'
import { openPaletteAtPointer } from '../commands/view-commands.ts'
import { commandById } from '../commands.ts'
import { tabbableBeyond, tabbablesIn } from '../keys/tab-order.ts'
import { arriveBy, arrivedByPointer, canvasElement, enterCanvas, lastItem, rememberItem } from './canvas-focus.ts'

const GRAPH = '.react-flow__nodes, .react-flow__edges'
const itemAt = (element: Element | null): HTMLElement | null =>
  element?.closest<HTMLElement>('.react-flow__node') ?? null

/**
 * Tab and Esc on the canvas. The graph is one stop of the Tab key, however many nodes it has; inside a node's fields
 * Tab goes through them, and Esc comes back to the node. After a click on the canvas Tab asks for a node instead.
 */
export function useCanvasFocus(): void {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  useEffect(() => {
    let tabbing = false
    let wasInGraph = false

    function onPointerDown(event: PointerEvent): void {
      tabbing = false
      const target = event.target as Element
      if (!target.closest('.canvas')) return
      arriveBy('pointer')
      const id = itemAt(target)?.dataset.id
      if (id) rememberItem(id)
    }

    function onKeyDown(event: KeyboardEvent): void {
      const target = event.target as Element
      tabbing = event.key === 'Tab'
      if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) {
        onTab(event, target)
        return
      }
      if (
        (event.key === 'Enter' || event.key === ' ') &&
        target.matches('.react-flow__handle') &&
        !event.shiftKey &&
        !event.ctrlKey
      ) {
        event.preventDefault()
        event.stopPropagation()
        commandById('linkFrom').run(flow)
        return
      }
      const item = itemAt(target)
      if (event.key === 'Escape' && item && target !== item && !target.closest('[role=listbox], [role=menu]')) {
        event.preventDefault()
        event.stopPropagation()
        arriveBy('keyboard')
        item.focus({ preventScroll: true })
      }
    }

    function onTab(event: KeyboardEvent, target: Element): void {
      const canvas = canvasElement()
      if (!canvas) return
      const item = itemAt(target)
      const isField = item !== null && target !== item
      const nowhere = target === document.body
      if (!event.shiftKey && arrivedByPointer() && !isField && (nowhere || target === canvas || item)) {
        event.preventDefault()
        openPaletteAtPointer(flow)
        return
      }
      if (isField && hasMoreFields(item, target, event.shiftKey)) return
      if (target !== canvas && !target.closest(GRAPH)) return
      const next = event.shiftKey ? tabbableBeyond(canvas, false) : afterGraph(canvas)
      if (!next) return
      event.preventDefault()
      next.focus()
    }

    /** The canvas and what lies in it are entered on the last used node. */
    function onFocusIn(event: FocusEvent): void {
      const target = event.target as Element
      const item = itemAt(target)
      wasInGraph = item !== null || target === canvasElement()
      if (!tabbing) {
        if (item?.dataset.id) rememberItem(item.dataset.id)
        return
      }
      const from = event.relatedTarget as Element | null
      const inside = from?.closest(GRAPH) && item?.contains(from)
      if (inside || !(target === canvasElement() || target.closest(GRAPH))) return
      tabbing = false
      arriveBy('keyboard')
      enterCanvas(flow)
      if (lastItem() === null) announce(textNow()('access.emptyCanvas'))
    }

    /** What was focused may be gone after an edit; the focus stays on the canvas. */
    function onEdit(): void {
      if (!wasInGraph) return
      requestAnimationFrame(() => {
        if (document.activeElement === document.body && wasInGraph) canvasElement()?.focus({ preventScroll: true })
      })
    }

    document.addEventListener('pointerdown', onPointerDown, true)
    document.addEventListener('keydown', onKeyDown, true)
    document.addEventListener('focusin', onFocusIn)
    const stop = documentStore.subscribe((state, before) => state.workflow !== before.workflow && onEdit())
    return () => {
      document.removeEventListener('pointerdown', onPointerDown, true)
      document.removeEventListener('keydown', onKeyDown, true)
      document.removeEventListener('focusin', onFocusIn)
      stop()
    }
  }, [flow])
}

function hasMoreFields(item: Element, target: Element, backwards: boolean): boolean {
  const fields = tabbablesIn(item)
  return target !== (backwards ? fields[0] : fields.at(-1))
}

/** The buttons over the canvas come after the graph, then the rest of the page. */
function afterGraph(canvas: Element): HTMLElement | undefined {
  const own = tabbablesIn(canvas).filter((element) => !element.closest(GRAPH))
  return own[0] ?? tabbableBeyond(canvas, true)
}
