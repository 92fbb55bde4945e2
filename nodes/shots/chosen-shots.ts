/**
 * The places, from 0 and ascending, of shots that people name by number: `3`, `2, 5-7`; all of them for an empty text.
 * Numbers beyond the last are left out.
 * @returns null where it is no list of numbers.
 */
export function chosenShots(text: string, count: number): number[] | null {
  const words = text.split(/[\s,;，；、]+/).filter((word) => word !== '')
  if (words.length === 0) return Number.isFinite(count) ? Array.from({ length: count }, (_, i) => i) : []
  const chosen = new Set<number>()
  for (const word of words) {
    const found = /^(\d{1,6})(?:[-–](\d{1,6}))?$/.exec(word)
    if (!found) return null
    const from = Number(found[1])
    const to = Number(found[2] ?? from)
    if (from < 1 || to < from) return null
    for (let number = from; number <= Math.min(to, count); number++) chosen.add(number - 1)
  }
  return [...chosen].sort((a, b) => a - b)
}
