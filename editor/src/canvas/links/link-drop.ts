import { documentStore } from '../../document/document-store.ts'
import type { LinkEnds, Point } from '../../document/edits.ts'
import { insertIntoLink } from '../../document/link-edits.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { canvasStore } from '../canvas-store.ts'

/** A node dragged over a link that it could be put into: the link says so, and takes it in when it is let go. */

let target: { edge: string; ends: LinkEnds; node: string } | null = null
let marked: Element | null = null

function mark(element: Element | null): void {
  if (element === marked) return
  marked?.removeAttribute('data-drop')
  marked = element
  marked?.setAttribute('data-drop', '')
}

/** Looks under the pointer and under the middle of the node. */
export function aimAtLink(node: string, pointer: Point): void {
  const element = document.querySelector(`.react-flow__node[data-id="${CSS.escape(node)}"]`)
  const rect = element?.getBoundingClientRect()
  const points = [pointer, ...(rect ? [{ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }] : [])]
  for (const { x, y } of points) {
    for (const below of document.elementsFromPoint(x, y)) {
      const edge = below.closest<SVGElement>('.react-flow__edge')
      const ends = edge && canvasStore.getState().edges.find(({ id }) => id === edge.dataset.id)?.data?.ends
      if (!edge || !ends || !recipeFor(ends, node)) continue
      target = { edge: edge.dataset.id ?? '', ends, node }
      mark(edge)
      return
    }
  }
  forgetLink()
}

const recipeFor = (ends: LinkEnds, node: string) =>
  insertIntoLink(documentStore.getState().workflow, catalogStore.getState().descriptors, ends, node)

export function forgetLink(): void {
  target = null
  mark(null)
}

/** Puts the node into the link it was let go over; part of the drag's undo step. */
export function dropOnLink(): void {
  const recipe = target && recipeFor(target.ends, target.node)
  forgetLink()
  if (recipe) documentStore.getState().edit(recipe)
}
