import type { BeatSection } from '../values.ts'

/** Prompts one a line; those that begin with a section's name are for that section. */
export interface PromptLines {
  /** For sections that have none of their own. */
  general: string[]
  /** By label as it was first written. */
  bySection: Map<string, string[]>
}

/** Words for parts of songs: those and single letters before a colon are labels, other words belong to the prompt. */
const PART_WORDS = {
  intro: /^(intro|前奏|开头)$/i,
  verse: /^(verse|strophe|主歌)$/i,
  chorus: /^(chorus|refrain|hook|drop|副歌)$/i,
  outro: /^(outro|ending|尾奏|结尾)$/i,
} as const
type PartWord = keyof typeof PART_WORDS
const PART_NAMES = Object.keys(PART_WORDS) as PartWord[]

const LABELLED = /^(?:\[\s*([^\]]{1,40}?)\s*\]\s*[:：]?|([\p{L}\p{N} ]{1,20})\s*[:：])\s*(.*)$/u

/** @param labels of the piece's sections. */
export function readPromptLines(text: string, labels: ReadonlySet<string>): PromptLines {
  const lines: PromptLines = { general: [], bySection: new Map() }
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue
    const [, bracketed, plain, words] = LABELLED.exec(line) ?? []
    const label = bracketed ?? (plain !== undefined && isLabel(plain, labels) ? plain : undefined)
    if (label === undefined) {
      lines.general.push(line)
      continue
    }
    const known = [...lines.bySection.keys()].find((one) => one.toLowerCase() === label.toLowerCase()) ?? label
    lines.bySection.set(known, [...(lines.bySection.get(known) ?? []), words ?? ''])
  }
  return lines
}

const isLabel = (word: string, labels: ReadonlySet<string>): boolean =>
  /^[A-Za-z]$/.test(word) ||
  [...labels].some((label) => label.toLowerCase() === word.toLowerCase()) ||
  PART_NAMES.some((name) => PART_WORDS[name].test(word))

/** Which label's lines each section takes; sections without lines of their own have none. */
export function labelsOfSections(sections: readonly BeatSection[], lines: PromptLines): (string | null)[] {
  const written = [...lines.bySection.keys()]
  const parts = songParts(sections)
  return sections.map((section, index) => {
    const own = written.find((label) => label.toLowerCase() === section.label.toLowerCase())
    if (own !== undefined) return own
    return (
      written.find((label) => PART_NAMES.some((name) => PART_WORDS[name].test(label) && parts[name](index))) ?? null
    )
  })
}

/**
 * What people call the parts of a song: the first, the last, the loudest of those heard more than once, and of the
 * rest the one that lasts longest.
 */
function songParts(sections: readonly BeatSection[]): Record<PartWord, (index: number) => boolean> {
  const totals = new Map<string, { seconds: number; energy: number; times: number }>()
  for (const { label, startSeconds, endSeconds, energy } of sections) {
    const total = totals.get(label) ?? { seconds: 0, energy: 0, times: 0 }
    const seconds = endSeconds - startSeconds
    totals.set(label, {
      seconds: total.seconds + seconds,
      energy: total.energy + seconds * energy,
      times: total.times + 1,
    })
  }
  const mostOf = (labels: string[], worth: (label: string) => number): string | undefined =>
    labels.toSorted((a, b) => worth(b) - worth(a))[0]
  const repeated = [...totals.keys()].filter((label) => (totals.get(label)?.times ?? 0) > 1)
  const meanEnergy = (label: string): number => {
    const { energy, seconds } = totals.get(label) as { energy: number; seconds: number }
    return energy / seconds
  }
  const chorus = mostOf(repeated.length > 0 ? repeated : [...totals.keys()], meanEnergy)
  const verse = mostOf(
    [...totals.keys()].filter((label) => label !== chorus),
    (label) => totals.get(label)?.seconds ?? 0,
  )
  return {
    intro: (index) => index === 0,
    outro: (index) => index > 0 && index === sections.length - 1,
    chorus: (index) => sections[index]?.label === chorus,
    verse: (index) => sections[index]?.label === verse,
  }
}

/** Gives one shot after the other its line, each list going round, and remembers which were used. */
export class PromptWalk {
  readonly #lines: PromptLines
  readonly #counts = new Map<string | null, number>()

  constructor(lines: PromptLines) {
    this.#lines = lines
  }

  next(label: string | null): string {
    const own = label === null ? undefined : this.#lines.bySection.get(label)
    const list = own ?? this.#lines.general
    const key = own ? label : null
    const count = this.#counts.get(key) ?? 0
    this.#counts.set(key, count + 1)
    return list[count % Math.max(1, list.length)] ?? ''
  }

  /** Lines that no shot took. */
  unused(): number {
    const over = (list: readonly string[], key: string | null): number =>
      Math.max(0, list.length - (this.#counts.get(key) ?? 0))
    let count = over(this.#lines.general, null)
    for (const [label, list] of this.#lines.bySection) count += over(list, label)
    return count
  }
}
