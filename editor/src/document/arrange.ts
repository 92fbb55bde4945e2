import type { Point } from './edits.ts'
import { layered } from './layered-layout.ts'

/** A thing on the canvas with its measured size. */
export interface Placed extends Point {
  id: string
  width: number
  height: number
}
export type Edge = 'left' | 'right' | 'top' | 'bottom'
export type Places = Record<string, Point>

/** Brings one edge of every item to the outermost of them. */
export function align(items: readonly Placed[], edge: Edge): Places {
  const goal = {
    left: Math.min(...items.map(({ x }) => x)),
    right: Math.max(...items.map(({ x, width }) => x + width)),
    top: Math.min(...items.map(({ y }) => y)),
    bottom: Math.max(...items.map(({ y, height }) => y + height)),
  }[edge]
  return placesBy(items, ({ x, y, width, height }) => {
    if (edge === 'left') return { x: goal, y }
    if (edge === 'right') return { x: goal - width, y }
    if (edge === 'top') return { x, y: goal }
    return { x, y: goal - height }
  })
}

/** Equal gaps between neighbours, along the direction in which the items are spread further. The outer two stay. */
export function distribute(items: readonly Placed[]): Places {
  if (items.length < 3) return placesBy(items, ({ x, y }) => ({ x, y }))
  const spread = (from: (item: Placed) => number) => Math.max(...items.map(from)) - Math.min(...items.map(from))
  const across = spread(({ x, width }) => x + width / 2) >= spread(({ y, height }) => y + height / 2)
  const start = (item: Placed) => (across ? item.x : item.y)
  const length = (item: Placed) => (across ? item.width : item.height)
  const row = items.toSorted((a, b) => start(a) + length(a) / 2 - start(b) - length(b) / 2)
  const [first, last] = [row[0]!, row.at(-1)!]
  const filled = row.reduce((sum, item) => sum + length(item), 0)
  const gap = (start(last) + length(last) - start(first) - filled) / (row.length - 1)
  let at = start(first)
  const starts = new Map<string, number>()
  for (const item of row) {
    starts.set(item.id, item === last ? start(last) : at)
    at += length(item) + gap
  }
  return placesBy(items, ({ id, x, y }) => (across ? { x: starts.get(id)!, y } : { x, y: starts.get(id)! }))
}

/** Columns along the links. The upper left corner of the whole stays where it was. */
export function tidy(items: readonly Placed[], links: readonly { from: string; to: string }[]): Places {
  const left = Math.min(...items.map(({ x }) => x))
  const top = Math.min(...items.map(({ y }) => y))
  const places = layered(items, links)
  return placesBy(items, ({ id }) => ({ x: left + places[id]!.x, y: top + places[id]!.y }))
}

const placesBy = (items: readonly Placed[], place: (item: Placed) => Point): Places =>
  Object.fromEntries(
    items.map((item) => {
      const { x, y } = place(item)
      return [item.id, { x: Math.round(x), y: Math.round(y) }]
    }),
  )
