import type { Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { AppError } from '@beatloom/core'

/** How far an addition is. */
export interface AddProgress {
  phase: 'listing' | 'copying' | 'downloading' | 'checking'
  /** File at work; empty between files. */
  file: string
  doneBytes: number
  totalBytes: number
}

export type TellProgress = (progress: AddProgress) => void

/** Room that is left free for everything else on the disk. */
const SPARE_BYTES = 64 * 2 ** 20

/** @throws {AppError} `not_enough_disk` */
export function checkRoom(neededBytes: number, freeBytes: number, name: string): void {
  if (neededBytes === 0 || neededBytes + SPARE_BYTES <= freeBytes) return
  throw new AppError(
    'not_enough_disk',
    `The model "${name}" needs ${inWords(neededBytes)} more on the disk, and ${inWords(freeBytes)} are free; make room, or set BEATLOOM_DATA to a folder on a larger disk.`,
    { details: { model: name, neededBytes, freeBytes } },
  )
}

/** Decimal units, as disks and hubs count. */
function inWords(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`
}

/** @throws {AppError} `run_cancelled` */
export function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('run_cancelled', 'The work on this model was cancelled.')
}

/** Feeds a file's bytes to hashes. */
export async function feedFile(
  path: string,
  hashes: readonly Hash[],
  signal: AbortSignal,
  tell: (bytes: number) => void = () => {},
): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    stopIfCancelled(signal)
    for (const hash of hashes) hash.update(chunk as Buffer)
    tell((chunk as Buffer).length)
  }
}
