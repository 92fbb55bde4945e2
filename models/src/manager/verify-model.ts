import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@beatloom/core'
import { readManifest } from '../library/manifest.ts'
import { feedFile, type TellProgress } from './add-progress.ts'
import { checkModel } from './check-model.ts'

export interface FileProblem {
  path: string
  kind: 'missing' | 'short' | 'long' | 'different' | 'unusable'
  /** A sentence. */
  message: string
}

export interface Verified {
  name: string
  /** Files whose hash was compared. */
  files: number
  sizeBytes: number
  /** False where no manifest says what the files should be. */
  listed: boolean
  problems: FileProblem[]
}

/** Reads every file of a model and compares it with its manifest; finds everything that is wrong, not the first alone. */
export async function verifyModel(
  folder: string,
  name: string,
  signal: AbortSignal,
  tell: TellProgress,
): Promise<Verified> {
  const { files } = await readManifest(folder)
  const listed = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))
  const totalBytes = listed.reduce((sum, [, { sizeBytes }]) => sum + (sizeBytes ?? 0), 0)
  const problems: FileProblem[] = []
  let doneBytes = 0
  for (const [path, { sha256, sizeBytes }] of listed) {
    const file = join(folder, path)
    const size = await stat(file).then(
      (facts) => facts.size,
      () => null,
    )
    if (size === null) problems.push({ path, kind: 'missing', message: `${path} is missing.` })
    else if (sizeBytes !== null && size !== sizeBytes) {
      const kind = size < sizeBytes ? 'short' : 'long'
      const message =
        kind === 'short'
          ? `${path} breaks off: it has ${size} of ${sizeBytes} bytes.`
          : `${path} is too long: it has ${size} bytes and should have ${sizeBytes}.`
      problems.push({ path, kind, message })
    } else {
      const hash = createHash('sha256')
      await feedFile(file, [hash], signal, (bytes) => {
        doneBytes += bytes
        tell({ phase: 'checking', file: path, doneBytes, totalBytes })
      })
      if (hash.digest('hex') !== sha256) {
        problems.push({ path, kind: 'different', message: `${path} differs from the file that was added.` })
      }
    }
  }
  if (problems.length === 0) {
    await checkModel(folder, name).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error
      problems.push({ path: '', kind: 'unusable', message: error.message })
    })
  }
  return { name, files: listed.length, sizeBytes: doneBytes, listed: listed.length > 0, problems }
}
