import { readFile, stat, writeFile } from 'node:fs/promises'
import { AppError, type Embedded } from '@beatloom/core'
import { finishMp4 } from './finish-mp4.ts'
import { embedInPng } from './png-text.ts'
import { formatInWords, sniffFile } from './sniff.ts'

/** Pictures are rewritten in memory; ours are far smaller. */
const MAX_PNG_BYTES = 256 * 2 ** 20
const SIGNATURE_BYTES = 8
/** Chunks that say something about who made a picture, when, and with what. */
const TELLING_CHUNKS = new Set(['iTXt', 'tEXt', 'zTXt', 'eXIf', 'tIME'])

/**
 * Copies an MP4 or PNG with another embedded workflow, or with none. Pictures and sound stay bit for bit; every other
 * text in the file is left behind. A video is copied in pieces, so its length costs no memory.
 * @throws {AppError} `media_unreadable` for other kinds of file, `run_cancelled`.
 */
export async function rewriteEmbedded(
  source: string,
  target: string,
  metadata: Embedded | null,
  signal: AbortSignal,
): Promise<void> {
  const format = await sniffFile(source)
  if (format === 'mp4') return finishMp4(source, target, metadata, signal)
  if (format !== 'png' || (await stat(source)).size > MAX_PNG_BYTES) {
    throw new AppError(
      'media_unreadable',
      `Only MP4 videos and PNG pictures carry a workflow; this file is ${formatInWords(format)}.`,
    )
  }
  const bare = withoutTexts(await readFile(source))
  await writeFile(target, metadata ? embedInPng(bare, metadata) : bare)
}

/** The picture's chunks without those that tell about it. */
function withoutTexts(png: Buffer): Buffer {
  const kept = [png.subarray(0, SIGNATURE_BYTES)]
  for (let at = SIGNATURE_BYTES; at + 12 <= png.length; ) {
    const end = at + 12 + png.readUInt32BE(at)
    if (end > png.length) throw new AppError('media_unreadable', 'The picture is damaged: a part of it is cut off.')
    if (!TELLING_CHUNKS.has(png.toString('latin1', at + 4, at + 8))) kept.push(png.subarray(at, end))
    at = end
  }
  return Buffer.concat(kept)
}
