/** The product as people run it: the real nodes, the gallery's workflows, the fixtures. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ErrorReport } from '@beatloom/core'
import { GALLERY, SAMPLES } from '../folder/data-folder.ts'
import { beatloom, type CommandRun } from './processes.ts'

/** An empty name: the real nodes are loaded. */
const REAL_NODES = { BEATLOOM_TEST_NODES: '' }

export const fixture = (name: string): string => join(SAMPLES, 'fixtures', name)

/** beat-pulse.json as data, to be spoilt. */
// biome-ignore lint/suspicious/noExplicitAny: tests break it on purpose
export const beatPulse = (): any => JSON.parse(readFileSync(join(GALLERY, 'beat-pulse.json'), 'utf8'))

/** The smallest and shortest video that beat-pulse makes. */
export const SMALL = ['--duration', '3', '--resolution', '480p', '--frame-rate', '24']

export const product = (args: string[], data: string): CommandRun => beatloom(args, data, REAL_NODES)

export interface Ending {
  status: number | null
  /** The last line of `--json`: `run.finished`, `run.failed` or `error`. */
  // biome-ignore lint/suspicious/noExplicitAny: JSON
  last: any
  stdout: string
  stderr: string
  /** The error of either kind of failure. */
  error: ErrorReport
}

/** Runs a command with `--json` to its end. */
export async function ending(args: string[], data: string): Promise<Ending> {
  const run = product([...args, '--json'], data)
  return endingOf(run)
}

export async function endingOf(run: CommandRun): Promise<Ending> {
  const status = await run.ended
  const [stdout, stderr] = [run.stdout(), run.stderr()]
  const last = JSON.parse(stdout.trim().split('\n').at(-1) || '{}')
  return { status, last, stdout, stderr, error: last.error }
}

/** A folder for the whole file, to be removed at its end. */
export function folderForFile(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'beatloom-product-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** States of all runs on a data folder that nobody has open, oldest first. */
export function statesIn(data: string): string[] {
  const database = new DatabaseSync(join(data, 'db.sqlite'), { readOnly: true })
  const rows = database.prepare('SELECT state FROM runs ORDER BY created_at').all()
  database.close()
  return rows.map((row) => String(row.state))
}

/** Files left half done: scratch, and names of partial files anywhere. */
export function leftovers(data: string): string[] {
  const files = readdirSync(data, { recursive: true, encoding: 'utf8' })
  return files.filter((path) => /^scratch\/|\.part(ial)?(\.|$)|\.encoded\./.test(path))
}
