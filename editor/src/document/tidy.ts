import { type Placed, type Places, tidy } from './arrange.ts'

/** An item with what it holds; a frame is laid out from the inside. */
export interface Nested extends Placed {
  inside?: readonly Nested[]
}

interface Edge {
  side: number
  top: number
  bottom: number
}

/**
 * Lays out items along their links, each frame's members first and then the frame as a whole.
 * @returns places of nodes and boxes; frames follow what is in them.
 */
export function tidyNested(
  items: readonly Nested[],
  links: readonly { from: string; to: string }[],
  edge: Edge,
): Places {
  const inner = new Map<string, Places>()
  const sized = items.map((item): Placed => {
    if (!item.inside || item.inside.length === 0) return item
    const places = tidyNested(item.inside, links, edge)
    inner.set(item.id, places)
    const sizes = new Map(leaves(item).map((leaf) => [leaf.id, leaf]))
    const corners = Object.entries(places).map(([id, at]) => ({ ...at, ...sizeOf(sizes.get(id)) }))
    const width = Math.max(...corners.map((c) => c.x + c.width)) - Math.min(...corners.map((c) => c.x))
    const height = Math.max(...corners.map((c) => c.y + c.height)) - Math.min(...corners.map((c) => c.y))
    // Frames inside show their edges too, so every level of them adds its own.
    const depth = frameDepth(item)
    return { ...item, width: width + 2 * edge.side * depth, height: height + (edge.top + edge.bottom) * depth }
  })
  const owner = new Map(items.flatMap((item) => leaves(item).map((leaf) => [leaf.id, item.id] as const)))
  const between = links.flatMap(({ from, to }) => {
    const [a, b] = [owner.get(from), owner.get(to)]
    return a !== undefined && b !== undefined && a !== b ? [{ from: a, to: b }] : []
  })
  const outer = tidy(sized, between)
  const result: Places = {}
  for (const item of items) {
    const at = outer[item.id]!
    const places = inner.get(item.id)
    if (!places) {
      result[item.id] = at
      continue
    }
    const left = Math.min(...Object.values(places).map(({ x }) => x))
    const top = Math.min(...Object.values(places).map(({ y }) => y))
    const depth = frameDepth(item)
    for (const [id, { x, y }] of Object.entries(places)) {
      result[id] = { x: at.x + edge.side * depth + x - left, y: at.y + edge.top * depth + y - top }
    }
  }
  return result
}

const leaves = (item: Nested): Nested[] => (item.inside?.length ? item.inside.flatMap(leaves) : [item])
const sizeOf = (item: Placed | undefined) => ({ width: item?.width ?? 0, height: item?.height ?? 0 })
const frameDepth = (item: Nested): number => (item.inside?.length ? 1 + Math.max(...item.inside.map(frameDepth)) : 0)
