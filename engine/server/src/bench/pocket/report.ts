import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { REPOSITORY } from '../../folder/data-folder.ts'
import type { Measure } from '../measure.ts'
import type { OpenStage } from './stage.ts'

export const MEASURED = join(REPOSITORY, 'models', 'pocket', 'MEASURED.md')

/** What was measured as a page: the measures beside their aims, then every prompt with what was seen. */
export function reportPage(measures: readonly Measure[], { notes, quick, media }: OpenStage, command: string): string {
  const lines = [
    '# Pocket as measured on finished videos',
    '',
    `${new Date().toISOString().slice(0, 10)}, \`${command}\`: song-video at 480p, decoded by ffmpeg, measured on pixels.`,
    `${quick ? 'The quick part only: few clips, so shares are coarse. ' : ''}Pictures are in no training set; features of the rock recordings were heard in training.`,
    'How each number is made is said in `engine/server/src/bench/pocket/`.',
    ...media.missing,
    '',
    '| what | measured | aim |',
    '|---|---|---|',
    ...measures.map((measure) => `| ${measure.name} | ${inWords(measure.value, measure.unit)} | ${aimOf(measure)} |`),
  ]
  for (const category of new Set(notes.map((note) => note.category))) {
    lines.push('', `## ${category[0]!.toUpperCase()}${category.slice(1)}, prompt by prompt`, '')
    lines.push('| asked | seen |', '|---|---|')
    for (const { asked, seen } of notes.filter((note) => note.category === category))
      lines.push(`| ${asked} | ${seen} |`)
  }
  return `${lines.join('\n')}\n`
}

const inWords = (value: number, unit: string): string => `${Number(value.toFixed(2))}${unit && ` ${unit}`}`

function aimOf({ aim, atLeast, unit }: Measure): string {
  return aim === null ? '' : `${atLeast ? '≥' : '≤'} ${inWords(aim, unit)}`
}

export function writeReport(path: string, page: string): void {
  writeFileSync(path, page)
}
