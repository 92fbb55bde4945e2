import type { Point } from '../document/edits.ts'
import { endAltDrag } from './alt-drag.ts'
import { forgetLink } from './links/link-drop.ts'
import { startAligning, stopAligning } from './view/align-guides.ts'

/** What begins and ends with every drag of nodes. */

export function startDrag(zoom: number): void {
  startAligning(zoom)
  // Fields stay still under a passing pointer or a second finger.
  document.querySelector('.canvas')?.setAttribute('data-node-drag', '')
}

export function endDrag(shift: boolean): void {
  stopAligning()
  forgetLink()
  document.querySelector('.canvas')?.removeAttribute('data-node-drag')
  endAltDrag(shift)
}

export function pointOf(event: MouseEvent | TouchEvent | React.MouseEvent): Point {
  const point = 'touches' in event ? (event.touches[0] ?? event.changedTouches[0]!) : event
  return { x: point.clientX, y: point.clientY }
}
