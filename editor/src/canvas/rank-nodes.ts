/** A node type with every word it may be looked for by. */
export interface Entry {
  type: string
  /** Titles in all languages. */
  titles: string[]
  /** Other words: aliases, categories, pinyin. */
  words: string[]
  description: string
}

/** Exact title, starts with, whole word, inside, other word, description, letters in order; null for no match. */
export function rankOf(query: string, entry: Entry): number | null {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return 0
  const titles = entry.titles.map((title) => title.toLowerCase())
  const others = [entry.type, ...entry.words].map((word) => word.toLowerCase())
  if (titles.includes(wanted)) return 0
  if (titles.some((title) => title.startsWith(wanted))) return 1
  if (titles.some((title) => title.split(/[\s./-]+/).includes(wanted))) return 2
  if (titles.some((title) => title.includes(wanted))) return 3
  if (others.some((word) => word.startsWith(wanted))) return 4
  if (others.some((word) => word.includes(wanted))) return 5
  if (entry.description.toLowerCase().includes(wanted)) return 6
  return [...titles, ...others].some((word) => hasLettersInOrder(word, wanted)) ? 7 : null
}

export function rankNodes(query: string, entries: readonly Entry[]): Entry[] {
  return entries
    .flatMap((entry) => {
      const rank = rankOf(query, entry)
      return rank === null ? [] : [{ entry, rank }]
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry)
}

function hasLettersInOrder(word: string, wanted: string): boolean {
  let at = 0
  for (const letter of wanted) {
    at = word.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}
