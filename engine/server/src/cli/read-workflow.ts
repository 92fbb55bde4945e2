import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AppError, parseWorkflow, type Workflow } from '@beatloom/core'
import { GALLERY } from '../folder/data-folder.ts'
import { UsageError } from './command-error.ts'

/** A file far larger than any workflow is refused before it is read. */
const MAX_BYTES = 32 * 2 ** 20

/** Paths on the command line are meant from the folder the person stood in, whichever one npm changed to. */
export function userPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path)
}

/** Reads a workflow by path, or by its name in the gallery. */
export function readWorkflow(name: string | undefined): Workflow {
  if (name === undefined) throw new UsageError(['Name a workflow file, or one of the gallery.'])
  const candidates = [userPath(name), join(GALLERY, `${name}.json`)]
  const path = candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile())
  if (!path) throw new UsageError([`There is no workflow file "${name}".`])
  if (statSync(path).size > MAX_BYTES) throw new UsageError([`"${name}" is too large to be a workflow (over 32 MB).`])
  try {
    return parseWorkflow(readFileSync(path, 'utf8'))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, `"${name}": ${error.message}`, { cause: error, details: error.details })
  }
}
