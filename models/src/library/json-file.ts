import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '@beatloom/core'

/**
 * A JSON object from a model folder; null when there is no such file.
 * @throws {AppError} `model_invalid` when it is not a JSON object.
 */
export async function readModelJson(path: string): Promise<Record<string, unknown> | null> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    return null
  }
  try {
    const value: unknown = JSON.parse(text)
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Falls through to the same refusal as a JSON value that is no object.
  }
  throw new AppError('model_invalid', `The model file ${path} is not a JSON object.`, { details: { file: path } })
}

/** A file of remembered facts: whatever is wrong with it, it counts as empty. */
export async function readRemembered<T extends object>(path: string, empty: T): Promise<T> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return value !== null && typeof value === 'object' ? ({ ...empty, ...value } as T) : empty
  } catch {
    return empty
  }
}

let writes = 0

/** Appears whole or not at all, so another process never reads half of it. */
export async function writeRemembered(path: string, value: object): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const scratch = `${path}.${process.pid}.${writes++}.tmp`
  await writeFile(scratch, `${JSON.stringify(value, null, 1)}\n`)
  await rename(scratch, path)
}
