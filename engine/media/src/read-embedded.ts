import { readFile, stat } from 'node:fs/promises'
import { type Embedded, readEmbeddedFromBytes } from '@beatloom/core'
import { readMp4Index } from './mp4-facts.ts'
import { sniffFile } from './sniff.ts'

/** A PNG larger than this is not read whole to look for text. */
const MAX_PNG_BYTES = 512 * 1024 * 1024

/**
 * The workflow that an MP4 or PNG of ours carries; null when it carries none or is another kind of file.
 * @throws {AppError} `media_unreadable` for an MP4 without an index, `file_missing`.
 */
export async function readEmbedded(path: string): Promise<Embedded | null> {
  const format = await sniffFile(path)
  if (format === 'mp4') return readEmbeddedFromBytes((await readMp4Index(path)).moov)
  if (format !== 'png' || (await stat(path)).size > MAX_PNG_BYTES) return null
  return readEmbeddedFromBytes(await readFile(path))
}
