import type { Link } from './ports.ts'

export type Links = Record<string, Link | Link[]>

/** Every link of a node with the input it feeds. An array: generators cost too much on graphs of thousands. */
export function eachLink(links: Links): [input: string, link: Link][] {
  const pairs: [string, Link][] = []
  for (const input in links) {
    const value = links[input] as Link | Link[]
    if (Array.isArray(value)) for (const link of value) pairs.push([input, link])
    else pairs.push([input, value])
  }
  return pairs
}

/** The wanted nodes and everything upstream of them. */
export function ancestorsOf(wanted: Iterable<string>, linksOf: (id: string) => Links | undefined): Set<string> {
  const found = new Set<string>()
  const stack = [...wanted]
  while (stack.length > 0) {
    const id = stack.pop() as string
    if (found.has(id)) continue
    const links = linksOf(id)
    if (!links) continue
    found.add(id)
    for (const [, link] of eachLink(links)) stack.push(link.node)
  }
  return found
}

/** Nodes downstream of `from`, without itself, given who reads whom. */
export function descendantsOf(from: Iterable<string>, readersOf: (id: string) => Iterable<string>): Set<string> {
  const found = new Set<string>()
  const stack = [...from]
  while (stack.length > 0) {
    for (const reader of readersOf(stack.pop() as string)) {
      if (found.has(reader)) continue
      found.add(reader)
      stack.push(reader)
    }
  }
  return found
}

/**
 * Kahn's algorithm: sources before readers, ties in the given order; no recursion, so any depth is fine.
 * @returns the order, and the nodes that sit on a cycle or behind one.
 */
export function topologicalOrder(
  ids: readonly string[],
  linksOf: (id: string) => Links,
): { order: string[]; stuck: string[] } {
  const known = new Set(ids)
  const waiting = new Map<string, number>()
  const readers = new Map<string, string[]>()
  for (const id of ids) {
    let count = 0
    for (const [, { node: source }] of eachLink(linksOf(id))) {
      if (!known.has(source)) continue
      const list = readers.get(source)
      // Nodes are taken one after another: if this one reads the source twice, it was the last to be noted there.
      if (list?.at(-1) === id) continue
      if (list) list.push(id)
      else readers.set(source, [id])
      count++
    }
    waiting.set(id, count)
  }
  const order = ids.filter((id) => waiting.get(id) === 0)
  for (let at = 0; at < order.length; at++) {
    for (const reader of readers.get(order[at] as string) ?? []) {
      const left = (waiting.get(reader) as number) - 1
      waiting.set(reader, left)
      if (left === 0) order.push(reader)
    }
  }
  return { order, stuck: ids.filter((id) => (waiting.get(id) as number) > 0) }
}

/** One cycle among nodes that a topological sort left over, in link direction, first node repeated at the end. */
export function findCycle(stuck: readonly string[], linksOf: (id: string) => Links): string[] {
  const among = new Set(stuck)
  const path: string[] = []
  const at = new Map<string, number>()
  let id = stuck[0] as string
  while (!at.has(id)) {
    at.set(id, path.length)
    path.push(id)
    const next = eachLink(linksOf(id)).find(([, link]) => among.has(link.node))
    // Every stuck node waits for another stuck one, so walking upstream must come round.
    id = next?.[1].node ?? id
  }
  const cycle = path.slice(at.get(id))
  return [...cycle, cycle[0] as string].reverse()
}

/** The closest of the valid names, for "did you mean". Null when none is near. */
export function nearestName(name: string, valid: readonly string[]): string | null {
  let best: string | null = null
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1
  for (const candidate of valid) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
