import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const FOLDERS = ['editor/src', 'editor/e2e', 'engine', 'models/src', 'nodes', 'workflows']

const numbered = (letter: string, last: number): string[] =>
  Array.from({ length: last }, (_, index) => letter + (index + 1))

/** Every rule of the editor's behaviour sheet. */
const RULES = [
  ...numbered('M', 17),
  ...numbered('K', 17),
  ...numbered('C', 6),
  ...numbered('T', 4),
  ...numbered('W', 6),
  ...numbered('P', 5),
  ...numbered('R', 8),
  ...numbered('E', 5),
  ...numbered('D', 8),
  ...numbered('L', 6),
  ...numbered('A', 5),
  ...numbered('check ', 14),
]

function testNames(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(test|spec)\.tsx?$/.test(name) && !name.includes('node_modules'))
      .flatMap((name) => {
        const text = readFileSync(join(ROOT, folder, name), 'utf8')
        return [...text.matchAll(/\b(?:it|test|describe)(?:\.\w+)*(?:\([^'"`()]*\))?\(\s*(['"`])(.*?)\1/gs)].map(
          (match) => match[2] ?? '',
        )
      }),
  )
}

it('every rule of the behaviour sheet is named by a test', () => {
  const names = testNames()
  const untested = RULES.filter((rule) => !names.some((name) => new RegExp(`\\b${rule}\\b`).test(name)))
  expect(untested).toEqual([])
})
