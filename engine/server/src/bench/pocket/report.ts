import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { REPOSITORY } from '../../folder/data-folder.ts'
import type { Measure } from '../measure.ts'

export const MEASURED = join(REPOSITORY, 'models', 'pocket', 'MEASURED.md')

export interface Note {
  asked: string
  seen: string
}

/** What one part of the bench found. */
export interface Section {
  part: string
  measures: Measure[]
  notes: Note[]
  /** Clips of three seconds that were made. */
  clips: number
  minutes: number
  /** ISO 8601 day. */
  date: string
  machine: string
  quick: boolean
  /** Media that could not be had, a sentence each. */
  missing: string[]
}

const SUFFIX = '.section.json'

/** Leaves a section in a folder that other benches may be filling too. */
export function writeSection(folder: string, section: Section): void {
  writeFileSync(join(folder, `${section.part}${SUFFIX}`), `${JSON.stringify(section, null, 1)}\n`)
}

/** Every section in a folder, in the order of `parts`. */
export function readSections(folder: string, parts: readonly string[]): Section[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Section)
    .sort((a, b) => parts.indexOf(a.part) - parts.indexOf(b.part))
}

/** What was measured as a page: the measures beside their aims, then every prompt with what was seen. */
export function reportPage(sections: readonly Section[], parts: readonly string[]): string {
  const unique = (values: string[]) => [...new Set(values)]
  const total = (value: (section: Section) => number) => Math.round(sections.reduce((sum, one) => sum + value(one), 0))
  const isQuick = sections.some(({ quick }) => quick)
  const absent = parts.filter((name) => sections.every(({ part }) => part !== name))
  const dates = unique(sections.map(({ date }) => date)).join(', ')
  const lines = [
    '# Pocket as measured on finished videos',
    '',
    `${dates}, \`npm run -s bench -- pocket${isQuick ? ' --quick' : ''}\`: song-video at 480p, decoded by ffmpeg, measured on pixels.`,
    `Machine: ${unique(sections.map(({ machine }) => machine)).join('; ')}. Clips of three seconds: ${total(({ clips }) => clips)}; minutes of work: ${total(({ minutes }) => minutes)}.`,
    `${isQuick ? 'The quick part only: few clips, so shares are coarse. ' : ''}Pictures are in no training set, but for those marked as learned. Beside each song stands whether the model was trained with its features.`,
    'How each number is made is said in `engine/server/src/bench/pocket/`.',
    ...(absent.length > 0 ? [`Not measured: ${absent.join(', ')}.`] : []),
    ...unique(sections.flatMap(({ missing }) => missing)),
    '',
    '| what | measured | aim |',
    '|---|---|---|',
    ...sections.flatMap(({ measures }) => measures.map(row)),
  ]
  for (const { part, notes } of sections) {
    if (notes.length === 0) continue
    lines.push('', `## ${part[0]!.toUpperCase()}${part.slice(1).replaceAll('-', ' ')}, prompt by prompt`, '')
    lines.push('| asked | seen |', '|---|---|', ...notes.map(({ asked, seen }) => `| ${asked} | ${seen} |`))
  }
  return `${lines.join('\n')}\n`
}

function row({ name, value, unit, aim, atLeast }: Measure): string {
  return `| ${name} | ${inWords(value, unit)} | ${aim === null ? '' : `${atLeast ? '≥' : '≤'} ${inWords(aim, unit)}`} |`
}

const inWords = (value: number, unit: string): string => `${Number(value.toFixed(2))}${unit && ` ${unit}`}`
