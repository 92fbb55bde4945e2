/** Something with every word it may be looked for by. */
export interface Entry {
  /** Its id, such as a node's type. */
  type: string
  /** Titles in all languages, and as they sound. */
  titles: string[]
  /** Other names a person may know it by. */
  aliases: string[]
  /** Words around it: its category. */
  words: string[]
  description: string
}

const WORD_ENDS = /[\s./·-]+|(?<=[a-z])(?=[A-Z])/

/** Smaller is better: exact title, beginning, whole word, inside, alias, type and category, description, letters in order. */
export function rankOf(query: string, entry: Entry): number | null {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return 0
  const titles = entry.titles.map((title) => title.toLowerCase())
  if (titles.includes(wanted)) return 0
  if (titles.some((title) => title.startsWith(wanted))) return 1
  if (entry.titles.some((title) => title.split(WORD_ENDS).some((word) => word.toLowerCase() === wanted))) return 2
  if (titles.some((title) => title.includes(wanted))) return 3
  const aliases = entry.aliases.map((word) => word.toLowerCase())
  if (aliases.some((word) => word.startsWith(wanted))) return 4
  if (aliases.some((word) => word.includes(wanted))) return 5
  const others = [entry.type, ...entry.words].map((word) => word.toLowerCase())
  if (others.some((word) => word.includes(wanted))) return 6
  if (entry.description.toLowerCase().includes(wanted)) return 7
  const letters = wanted.replaceAll(/\s+/g, '')
  return [...titles, ...aliases, entry.type].some((word) => hasLettersInOrder(word, letters)) ? 8 : null
}

/** The entries that match, best first; equals in the order they came. */
export function rankNodes<T extends Entry>(query: string, entries: readonly T[]): T[] {
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
