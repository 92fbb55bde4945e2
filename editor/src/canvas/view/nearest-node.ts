import type { Point } from '../../document/edits.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

export interface Box extends Point {
  id: string
  width: number
  height: number
}

/** How much a step aside counts against a step ahead: what lies straight ahead wins over what is merely near. */
const ASIDE = 2

/** The box that lies nearest in a direction, by middles; null where nothing does. */
export function nearestInDirection(boxes: readonly Box[], from: string, direction: Direction): string | null {
  const start = boxes.find((box) => box.id === from)
  if (!start) return null
  const origin = middleOf(start)
  let best: { id: string; cost: number } | null = null
  for (const box of boxes) {
    if (box.id === from) continue
    const { x, y } = middleOf(box)
    const [ahead, aside] = measure(direction, x - origin.x, y - origin.y)
    if (ahead <= 0) continue
    const cost = ahead + ASIDE * Math.abs(aside)
    if (best === null || cost < best.cost) best = { id: box.id, cost }
  }
  return best?.id ?? null
}

function measure(direction: Direction, dx: number, dy: number): [ahead: number, aside: number] {
  switch (direction) {
    case 'left':
      return [-dx, dy]
    case 'right':
      return [dx, dy]
    case 'up':
      return [-dy, dx]
    case 'down':
      return [dy, dx]
  }
}

const middleOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 })
