import type { DatabaseSync } from 'node:sqlite'
import type { RunState } from '@beatloom/core'

/** What is looked for among the runs; everything left out is not asked. */
export interface RunFilter {
  /** In the title and in every value of the workflow, whatever the case of Latin letters. */
  text?: string
  states?: readonly RunState[]
  /** ISO 8601: created at this time or later. */
  from?: string
  /** ISO 8601: created before this time. */
  until?: string
  /** Run id: only runs older than this one, so that a page never shifts when new runs come. */
  before?: string
}

/** A condition over `runs`, with its values in order. */
export interface Condition {
  where: string
  values: (string | number)[]
}

export function conditionOf(filter: RunFilter): Condition {
  const parts: Condition[] = []
  const add = (where: string, ...values: (string | number)[]): void => {
    parts.push({ where, values })
  }
  const { text = '', states = [], from, until, before } = filter
  if (states.length > 0) add(`state IN (${states.map(() => '?').join(', ')})`, ...states)
  if (from !== undefined) add('created_at >= ?', from)
  if (until !== undefined) add('created_at < ?', until)
  if (before !== undefined) {
    add('(created_at, rowid) < (SELECT created_at, rowid FROM runs WHERE id = ?)', before)
  }
  for (const word of text.split(/\s+/).filter((part) => part !== '')) add(...wordCondition(word))
  if (parts.length === 0) return { where: '1', values: [] }
  return { where: parts.map((part) => part.where).join(' AND '), values: parts.flatMap((part) => part.values) }
}

/** Reading a workflow's values takes a while; its text says first whether the word is in there at all. */
function wordCondition(word: string): [string, ...string[]] {
  const anywhere = patternOf(word)
  const inJson = patternOf(JSON.stringify(word).slice(1, -1))
  const inValues = `EXISTS (
    SELECT 1 FROM workflows, json_tree(workflows.text, '$.nodes') AS value
    WHERE workflows.run = runs.id AND workflows.text LIKE ? ESCAPE '!'
      AND value.fullkey LIKE '%.params.%' AND value.atom LIKE ? ESCAPE '!'
  )`
  const inInputs = `EXISTS (
    SELECT 1 FROM json_tree(request, '$.inputs') AS value WHERE value.atom LIKE ? ESCAPE '!'
  )`
  return [`(title LIKE ? ESCAPE '!' OR ${inInputs} OR ${inValues})`, anywhere, anywhere, inJson, anywhere]
}

const patternOf = (word: string): string => `%${word.replaceAll(/[!%_]/g, '!$&')}%`

/** How many runs fit, whatever page is looked at. */
export function countRuns(database: DatabaseSync, filter: RunFilter): number {
  const { before: _, ...all } = filter
  const { where, values } = conditionOf(all)
  const row = database.prepare(`SELECT COUNT(*) AS count FROM runs WHERE ${where}`).get(...values)
  return Number(row?.count ?? 0)
}
