import { certificateSentences } from './certificate.ts'
import { cliSentences } from './cli.ts'
import { coreSentences } from './core.ts'
import { editorSentences } from './editor.ts'
import { mediaSentences } from './media.ts'
import { modelsSentences } from './models.ts'
import { nodesSentences } from './nodes.ts'
import { othersSentences } from './others.ts'
import type { Sentences } from './sentences.ts'
import { serverSentences } from './server.ts'
import { shotsSentences } from './shots.ts'
import { zodSentences } from './zod.ts'

/** What Beatloom itself says. What the schema library says stands apart, since no line of ours holds its wording. */
export const OWN_SENTENCES: Sentences = {
  ...coreSentences,
  ...mediaSentences,
  ...nodesSentences,
  ...shotsSentences,
  ...modelsSentences,
  ...serverSentences,
  ...cliSentences,
  ...certificateSentences,
  ...editorSentences,
}

/** The title of a node type in Chinese, by its English title; what it does not know it gives back. */
export type NameOf = (title: string) => string

interface Pattern {
  chinese: string
  /** How much of the English is fixed: of two patterns that fit, the one with more says more. */
  fixed: number
  /** Nothing but signs between its places: it joins sentences and says nothing itself. */
  joins: boolean
  slots: { name: string; quoted: boolean }[]
  /** A name in quotes holds no quote of its own; where one does, the second try allows it. */
  tries: [strict: RegExp, loose: RegExp]
}

const SLOT = /\{(#?\w+)\}/g
/** Places where words of ours may stand. What stands at others is a name, a path, a code or a list of them. */
const SPEAKING = new Set(
  [
    ['problem', 'problems', 'reason', 'refusal', 'hint', 'text', 'others', 'fact', 'facts', 'needs'],
    ['where', 'what', 'who', 'how', 'way', 'work', 'phase', 'kind', 'format', 'given', 'received', 'range'],
    ['length', 'sound', 'picture', 'wanted', 'start', 'share'],
  ].flat(),
)
/** Places where names stand in a row. */
const LISTS = new Set(['names', 'models', 'families', 'types', 'flags', 'methods', 'keys', 'outputs', 'inputs', 'runs'])
const NUMBER = String.raw`-?(?:[\d.,]+(?:e[+-]?\d+)?|Infinity)`

let compiled: Pattern[] | null = null

/** Longest fixed part first. Compiled when first asked for. */
const patterns = (): Pattern[] => {
  compiled ??= Object.entries({ ...withStop(zodSentences), ...othersSentences, ...OWN_SENTENCES })
    .map(([english, chinese]) => compile(english, chinese))
    .sort((a, b) => b.fixed - a.fixed)
  return compiled
}

/** The schema library ends no sentence; what passes its words on does. */
const withStop = (sentences: Sentences): Sentences =>
  Object.fromEntries(
    Object.entries(sentences).flatMap(([english, chinese]) => [
      [english, chinese],
      [`${english}.`, `${chinese}。`],
    ]),
  )

function compile(english: string, chinese: string): Pattern {
  const slots = [...english.matchAll(SLOT)].map(({ 1: name = '', 0: place, index }) => ({
    name,
    quoted: english[index - 1] === '"' && english[index + place.length] === '"',
  }))
  const literals = english.split(/\{#?\w+\}/)
  const source = (inQuotes: string): string =>
    literals
      .map((literal, index) => {
        const slot = slots[index]
        const place = !slot ? '' : slot.quoted ? inQuotes : placeOf(slot.name)
        return escaped(literal) + (slot ? `(${place})` : '')
      })
      .join('')
  const fixed = literals.join('')
  return {
    chinese,
    fixed: fixed.length,
    joins: !/[a-z]/i.test(fixed) && slots.some(({ name }) => !name.startsWith('#')),
    slots,
    tries: [new RegExp(`^${source('[^"]*')}$`), new RegExp(`^${source('[^]*?')}$`)],
  }
}

/** A param's name begins small, unlike a sentence in its place. */
const placeOf = (name: string): string =>
  name.startsWith('#') ? NUMBER : name === 'param' ? String.raw`[a-z][\w.]*` : '[^]*?'

const escaped = (literal: string): string => literal.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/**
 * A sentence of the engine, the server or the command line in Chinese.
 * @param text English, as it stands in an error, an issue, an event or a plan; several sentences or lines at once too.
 * @returns the Chinese; what no pattern fits comes back as it is.
 */
export function translateSentence(text: string, language: 'en' | 'zh', nameOf: NameOf = (title) => title): string {
  if (language === 'en' || !/[a-z%]/i.test(text)) return text
  if (text.includes('\n')) {
    return text
      .split('\n')
      .map((line) => translateSentence(line, language, nameOf))
      .join('\n')
  }
  return matched(text, nameOf, false) ?? oneByOne(text, nameOf) ?? matched(text, nameOf, true) ?? text
}

function matched(text: string, nameOf: NameOf, joining: boolean): string | null {
  for (const attempt of [0, 1] as const) {
    for (const pattern of patterns()) {
      if (pattern.joins !== joining) continue
      const match = pattern.tries[attempt].exec(text)
      const translated = match && filled(pattern, match.slice(1), nameOf)
      if (translated) return translated
    }
  }
  return null
}

function filled({ chinese, slots, joins }: Pattern, values: string[], nameOf: NameOf): string | null {
  const words = new Map<string, string>()
  let changed = false
  slots.forEach(({ name, quoted }, index) => {
    const value = values[index] ?? ''
    const word = wordFor(name, quoted, value, nameOf)
    if (word !== value) changed = true
    words.set(name, word)
  })
  if (joins && !changed) return null
  return chinese
    .replaceAll(SLOT, (place, name: string, at: number) => {
      const word = words.get(name) ?? ''
      return gap(chinese.slice(0, at), word) + word + gap(word, chinese.slice(at + place.length))
    })
    .trim()
}

/** Chinese keeps a space between its characters and Latin letters or digits. */
const gap = (before: string, after: string): string =>
  /\p{Script=Han}$/u.test(before) && /^[a-z\d]/i.test(after)
    ? ' '
    : /[a-z\d]$/i.test(before) && /^\p{Script=Han}/u.test(after)
      ? ' '
      : ''

function wordFor(name: string, quoted: boolean, value: string, nameOf: NameOf): string {
  if (name === 'title') return nameOf(value)
  if (LISTS.has(name)) return value.replaceAll(', ', '、')
  return SPEAKING.has(name) && !quoted ? translateSentence(value, 'zh', nameOf) : value
}

/** Several sentences behind one another. */
function oneByOne(text: string, nameOf: NameOf): string | null {
  const parts = text.split(/(?<=[.?!])\s+(?=["A-Z])/)
  if (parts.length < 2) return null
  const translated = parts.map((part) => translateSentence(part, 'zh', nameOf))
  if (translated.every((part, index) => part === parts[index])) return null
  return translated.map((part, index) => (index > 0 && part === parts[index] ? ` ${part}` : part)).join('')
}
