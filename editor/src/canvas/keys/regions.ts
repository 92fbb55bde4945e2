import { tabbablesIn } from './tab-order.ts'

/** The parts of the page that F6 goes through, in the order of the page. */
const REGIONS = '.tab-bar, .toolbar, .canvas, .outline, .page-head, aside.panel, .find-bar'
const lastIn = new WeakMap<Element, HTMLElement>()

export function rememberInRegion(element: HTMLElement): void {
  const region = element.closest(REGIONS)
  if (region) lastIn.set(region, element)
}

/** To the next part of the page; back to where the focus was in it. The canvas knows its own place. */
export function goToRegion(by: 1 | -1, enterCanvas: () => void): void {
  const all = [...document.querySelectorAll<HTMLElement>(REGIONS)]
  const regions = all.filter(
    (region) => region.checkVisibility() && !all.some((other) => other !== region && other.contains(region)),
  )
  const now = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[now < 0 ? (by === 1 ? 0 : regions.length - 1) : (now + by + regions.length) % regions.length]
  if (!next) return
  if (next.classList.contains('canvas')) {
    enterCanvas()
    return
  }
  const before = lastIn.get(next)
  const target = before?.isConnected && next.contains(before) ? before : tabbablesIn(next)[0]
  if (target) target.focus()
  else {
    next.tabIndex = -1
    next.focus()
  }
}
