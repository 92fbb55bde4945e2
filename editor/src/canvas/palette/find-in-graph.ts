import type { Workflow } from '@beatloom/core'
import type { Descriptors } from '../../document/link-rules.ts'
import { nodeText } from '../../i18n/node-text.ts'
import type { Spell } from '../../i18n/pinyin.ts'

/** A place in the graph where the words were found. */
export interface Hit {
  node: string
  /** Where it is a value. */
  param: string | null
  /** The node's title, and what was found in it. */
  title: string
  detail: string
}

const LANGUAGES = ['en', 'zh'] as const
const LONGEST_DETAIL = 80

/** Titles first, then types and values; titles in both languages, Chinese by its sound too. */
export function findInGraph(
  workflow: Workflow,
  descriptors: Descriptors,
  query: string,
  { language, spell }: { language: 'en' | 'zh'; spell: Spell },
): Hit[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  const has = (text: string) => text.toLowerCase().includes(wanted)
  const [inTitles, inTypes, inValues]: [Hit[], Hit[], Hit[]] = [[], [], []]
  for (const [node, saved] of Object.entries(workflow.nodes)) {
    const descriptor = descriptors.get(saved.type)
    const words = descriptor && nodeText(descriptor, language)
    const usual = descriptor ? LANGUAGES.map((one) => nodeText(descriptor, one).title) : []
    const title = saved.title ?? words?.title ?? saved.type
    const names = [title, ...usual, node]
    if ([...names, ...names.flatMap(spell)].some(has)) inTitles.push({ node, param: null, title, detail: saved.type })
    else if (has(saved.type)) inTypes.push({ node, param: null, title, detail: saved.type })
    for (const [name, value] of Object.entries(saved.params)) {
      const param = descriptor?.params.find((candidate) => candidate.name === name)
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      const shown = words && param && typeof value === 'string' ? words.choice(param, value) : text
      const label = words && param ? words.param(param) : name
      if (!has(text) && !has(shown)) continue
      inValues.push({ node, param: name, title, detail: `${label}: ${around(shown, wanted)}` })
    }
  }
  return [...inTitles, ...inTypes, ...inValues]
}

/** Enough of a long text to see the match in it. */
function around(text: string, wanted: string): string {
  if (text.length <= LONGEST_DETAIL) return text
  const at = Math.max(0, text.toLowerCase().indexOf(wanted) - LONGEST_DETAIL / 4)
  return `${at > 0 ? '…' : ''}${text.slice(at, at + LONGEST_DETAIL)}…`
}
