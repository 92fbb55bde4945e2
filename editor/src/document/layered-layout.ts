import { Graph, layout } from '@dagrejs/dagre'
import type { Point } from './edits.ts'

export interface Size {
  width: number
  height: number
}
export interface LayoutItem extends Size {
  id: string
}

const BETWEEN_ROWS_PX = 48
const BETWEEN_COLUMNS_PX = 88
/** From here on the quick ranking: the careful one takes seconds on graphs this large. */
const MANY_ITEMS = 250

/**
 * Columns from left to right along the links, with few crossings.
 * @returns top left corners; the smallest x and y are 0.
 */
export function layered(
  items: readonly LayoutItem[],
  links: readonly { from: string; to: string }[],
): Record<string, Point> {
  const graph = new Graph()
  graph.setGraph({
    rankdir: 'LR',
    nodesep: BETWEEN_ROWS_PX,
    ranksep: BETWEEN_COLUMNS_PX,
    acyclicer: 'greedy',
    ranker: items.length > MANY_ITEMS ? 'longest-path' : 'network-simplex',
  })
  graph.setDefaultEdgeLabel(() => ({}))
  // Numbers stand for the ids: a person's file may use names that a plain object cannot hold as keys.
  const numbers = new Map(items.map(({ id }, index) => [id, String(index)]))
  for (const { id, width, height } of items) graph.setNode(numbers.get(id)!, { width, height })
  for (const { from, to } of links) {
    const [a, b] = [numbers.get(from), numbers.get(to)]
    if (a !== undefined && b !== undefined && a !== b) graph.setEdge(a, b)
  }
  layout(graph)
  const corners = items.map(({ id, width, height }) => {
    const { x = 0, y = 0 } = graph.node(numbers.get(id)!) as Partial<Point>
    return { id, x: x - width / 2, y: y - height / 2 }
  })
  const left = Math.min(...corners.map(({ x }) => x))
  const top = Math.min(...corners.map(({ y }) => y))
  return Object.fromEntries(corners.map(({ id, x, y }) => [id, { x: x - left, y: y - top }]))
}
