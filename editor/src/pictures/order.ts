/** The list with one entry taken out and put in at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list]
  next.splice(Math.max(0, Math.min(list.length - 1, to)), 0, ...next.splice(from, 1))
  return next
}

/** A key for each entry that stays with it when the order changes; equal entries are told apart by their turn. */
export function keysOf(list: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return list.map((entry) => {
    const turn = seen.get(entry) ?? 0
    seen.set(entry, turn + 1)
    return `${entry} ${turn}`
  })
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/** The place in rows of boxes for one that is held at a point: that of the box whose middle is nearest. */
export function nearestPlace(boxes: readonly Box[], { x, y }: { x: number; y: number }): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [place, { left, right, top, bottom }] of boxes.entries()) {
    const distance = Math.hypot((left + right) / 2 - x, (top + bottom) / 2 - y)
    if (distance < least) {
      least = distance
      best = place
    }
  }
  return best
}
