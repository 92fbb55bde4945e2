import { parseWorkflow } from '@beatloom/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { align, distribute, type Placed, tidy } from './arrange.ts'
import { forgetPlaces, placesOf } from './auto-layout.ts'
import { tidyNested } from './tidy.ts'

const box = (id: string, x: number, y: number, width: number, height: number): Placed => ({ id, x, y, width, height })
const three = [box('a', 0, 0, 100, 50), box('b', 230, 40, 200, 80), box('c', 500, 10, 100, 100)]

const overlap = (a: Placed, b: Placed): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('K11: arranging', () => {
  it('aligns edges to the outermost one', () => {
    expect(align(three, 'left')).toEqual({ a: { x: 0, y: 0 }, b: { x: 0, y: 40 }, c: { x: 0, y: 10 } })
    expect(align(three, 'right')).toEqual({ a: { x: 500, y: 0 }, b: { x: 400, y: 40 }, c: { x: 500, y: 10 } })
    expect(align(three, 'top')).toEqual({ a: { x: 0, y: 0 }, b: { x: 230, y: 0 }, c: { x: 500, y: 0 } })
    expect(align(three, 'bottom')).toEqual({ a: { x: 0, y: 70 }, b: { x: 230, y: 40 }, c: { x: 500, y: 20 } })
  })

  it('distributes with equal gaps along the wider direction, whatever the sizes; the outer two stay', () => {
    // 600 px from end to end, 400 px filled: two gaps of 100.
    expect(distribute(three)).toEqual({ a: { x: 0, y: 0 }, b: { x: 200, y: 40 }, c: { x: 500, y: 10 } })
    const column = [box('a', 0, 0, 10, 100), box('b', 5, 110, 10, 100), box('c', 0, 500, 10, 100)]
    expect(distribute(column).b).toEqual({ x: 5, y: 250 })
  })

  it('tidies along the links without overlaps, and keeps the corner', () => {
    const items = [
      box('a', 90, 40, 280, 600),
      box('b', 80, 30, 280, 90),
      box('c', 85, 35, 280, 200),
      box('d', 95, 45, 99, 99),
    ]
    const links = [
      { from: 'a', to: 'c' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'd' },
    ]
    const places = tidy(items, links)
    const placed = items.map((item) => ({ ...item, ...places[item.id]! }))
    for (const [index, one] of placed.entries())
      for (const other of placed.slice(index + 1)) expect(overlap(one, other), `${one.id} and ${other.id}`).toBe(false)
    expect(places.a!.x + 280).toBeLessThan(places.c!.x)
    expect(places.c!.x + 280).toBeLessThan(places.d!.x)
    expect(Math.min(...placed.map(({ x }) => x))).toBe(80)
    expect(Math.min(...placed.map(({ y }) => y))).toBe(30)
  })

  it('lays out what is in a frame first, and no frame overlaps what is outside it', () => {
    const inside = [box('a', 0, 0, 280, 300), box('b', 10, 10, 280, 300)]
    const frame = { ...box('group:g', -24, -56, 400, 400), inside }
    const items = [frame, box('c', 0, 0, 280, 200)]
    const edge = { side: 24, top: 56, bottom: 24 }
    const places = tidyNested(
      items,
      [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
      ],
      edge,
    )
    expect(Object.keys(places).sort()).toEqual(['a', 'b', 'c'])
    expect(places.a!.x + 280).toBeLessThan(places.b!.x)
    expect(places.b!.x + 280 + edge.side).toBeLessThan(places.c!.x)
  })
})

describe('files without places', () => {
  beforeEach(forgetPlaces)
  const file = parseWorkflow({
    beatloom: 1,
    nodes: {
      a: { type: 'x' },
      b: { type: 'x', links: { in: { node: 'a', port: 'out' } } },
      c: { type: 'x', links: { in: { node: 'b', port: 'out' } } },
      loop: { type: 'x', links: { in: { node: 'loop', port: 'out' } } },
    },
  })

  it('K11: are laid out in columns along their links, by the sizes of the nodes', () => {
    const places = placesOf(file, () => ({ width: 500, height: 100 }))
    expect(places.b!.x).toBeGreaterThanOrEqual(places.a!.x + 500)
    expect(places.c!.x).toBeGreaterThanOrEqual(places.b!.x + 500)
    const corners = Object.values(places).map(({ x, y }) => `${x},${y}`)
    expect(new Set(corners).size).toBe(4)
  })

  it('keep their places while links change, and go below what has a place', () => {
    const before = placesOf(file)
    const cut = { ...file, nodes: { ...file.nodes, b: { ...file.nodes.b!, links: {} } } }
    expect(placesOf(cut)).toEqual(before)
    forgetPlaces()
    const partly = { ...file, layout: { ...file.layout, nodes: { a: [40, 1000] as [number, number] } } }
    const places = placesOf(partly, () => ({ width: 280, height: 260 }))
    expect(places.a).toEqual({ x: 40, y: 1000 })
    for (const id of ['b', 'c']) expect(places[id]!.y).toBeGreaterThanOrEqual(1260)
  })
})
