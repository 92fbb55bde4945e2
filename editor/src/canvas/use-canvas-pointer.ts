import { useEffect, useMemo } from 'react'
import { documentStore } from '../document/document-store.ts'
import { type Point, removeLink } from '../document/edits.ts'
import { linksAt } from '../document/link-edits.ts'
import { isLocked, type PortEnd, type Refusal } from '../document/link-rules.ts'
import { armAltDrag } from './alt-drag.ts'
import { canvasStore } from './canvas-store.ts'
import { endOfElement } from './links/handle-end.ts'
import { dropPull, endKey, justPulled, pullFromPort, pullStore, refusalAt, stopPull } from './links/pull-store.ts'

/** Presses and clicks that mean something before the canvas sees them: taps on ports, Alt+drags. */
export function useCanvasPointer() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) =>
      event.key === 'Escape' && pullStore.getState().pull?.tapped && stopPull()
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
  return useMemo(
    () => ({
      ref: (canvas: HTMLElement) => {
        canvas.addEventListener('touchmove', holdTouch, { passive: false })
        return () => canvas.removeEventListener('touchmove', holdTouch)
      },
      onPointerDownCapture: (event: React.PointerEvent) => {
        if (event.pointerType === 'mouse' && armAltDrag(event.nativeEvent)) event.stopPropagation()
      },
      onMouseDownCapture: (event: React.MouseEvent) => {
        if (!armAltDrag(event.nativeEvent)) return
        event.stopPropagation()
        event.preventDefault()
      },
      onClickCapture: (event: React.MouseEvent) => {
        const end = portClicked(event.target as Element)
        if (end && !justPulled()) {
          event.stopPropagation()
          onPort(end, event)
        } else if (!end && pullStore.getState().pull?.tapped) stopPull()
      },
    }),
    [],
  )
}

/** A cable pulled with a flick is no scroll: Chromium takes the next tap for the end of one, and loses it. */
function holdTouch(event: TouchEvent): void {
  if (event.cancelable && (event.target as Element).closest('.react-flow__handle')) event.preventDefault()
}

/** The port that was hit; while one waits for its other end, the whole line of a port counts. */
function portClicked(target: Element): PortEnd | null {
  const waiting = pullStore.getState().pull?.tapped
  const line = waiting ? target.closest('.port')?.querySelector('.react-flow__handle') : null
  const handle = target.closest('.react-flow__handle') ?? line
  return handle instanceof HTMLElement ? endOfElement(handle) : null
}

function onPort(end: PortEnd, event: React.MouseEvent): void {
  const screen = { x: event.clientX, y: event.clientY }
  if ((event.ctrlKey || event.metaKey) && event.altKey) {
    removeAll(end, screen)
    return
  }
  const { pull } = pullStore.getState()
  canvasStore.setState({ bubble: null, chooser: null, palette: null })
  if (!pull?.tapped) {
    pullFromPort(end, { all: false, tapped: true })
    return
  }
  stopPull()
  const [anchor] = pull.anchors
  if (!anchor || endKey(anchor) === endKey(end)) return
  const refusal = refusalAt(pull, end)
  if (refusal) showRefusal(refusal, anchor, end, screen)
  else dropPull(pull, end)
}

/** Every link of a port goes, unless a locked node holds one. */
function removeAll(end: PortEnd, screen: Point): void {
  const { workflow, edit, gesture } = documentStore.getState()
  const links = linksAt(workflow, end, end.side)
  const held = links.find(({ to }) => isLocked(workflow, to.node))
  if (held) {
    showRefusal({ code: 'locked', node: held.to.node }, end, end, screen)
    return
  }
  gesture(() => {
    for (const link of links) edit(removeLink(link))
  })
}

const showRefusal = (refusal: Refusal, a: PortEnd, b: PortEnd, screen: Point): void =>
  canvasStore.setState({ bubble: { screen, refusal, a, b, moving: [] } })
