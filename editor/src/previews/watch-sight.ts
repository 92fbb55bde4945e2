/** One observer for all previews: told when they come into sight and leave it. */

type Listener = (inSight: boolean) => void

const listeners = new WeakMap<Element, Listener>()
let observer: IntersectionObserver | null = null

/** @returns the function that ends it. */
export function watchSight(element: Element, listener: Listener): () => void {
  observer ??= new IntersectionObserver((entries) => {
    for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting)
  })
  listeners.set(element, listener)
  observer.observe(element)
  return () => {
    listeners.delete(element)
    observer?.unobserve(element)
  }
}
