const TABBABLE =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), summary, video[controls], [tabindex]'

/** What Tab stops at inside an element, in order. */
export function tabbablesIn(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(TABBABLE)].filter(
    (element) =>
      element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]'),
  )
}

/** The next stop outside an element, forwards or backwards; past the last it begins anew. */
export function tabbableBeyond(area: Element, forwards: boolean): HTMLElement | undefined {
  const outside = tabbablesIn(document).filter((element) => !area.contains(element))
  const follows = (element: Element) =>
    Boolean(area.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)
  return forwards
    ? (outside.find(follows) ?? outside[0])
    : (outside.findLast((element) => !follows(element)) ?? outside.at(-1))
}
