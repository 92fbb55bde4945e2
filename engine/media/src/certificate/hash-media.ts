import { createHash } from 'node:crypto'
import { AppError, CancelledError } from '@beatloom/core'
import { topLevelBoxes } from '../mp4-facts.ts'
import { openForReading } from '../sniff.ts'

const READ_BYTES = 1 << 20

/**
 * SHA-256 of an MP4's media data (the content of its `mdat` boxes): the same for copies with other texts inside, and
 * another one for any change of picture or sound. Lower-case hex.
 * @throws {AppError} `file_missing`, `media_unreadable`, `run_cancelled`.
 */
export async function hashMedia(path: string, signal: AbortSignal): Promise<string> {
  const file = await openForReading(path)
  try {
    const hash = createHash('sha256')
    const buffer = Buffer.allocUnsafe(READ_BYTES)
    for (const { type, start, end } of await topLevelBoxes(file)) {
      if (type !== 'mdat') continue
      const head = (await file.read(buffer, 0, 4, start)).buffer.readUInt32BE(0)
      // A size of 1 announces a longer header with the size in 64 bits.
      for (let at = start + (head === 1 ? 16 : 8); at < end; ) {
        if (signal.aborted) throw new CancelledError()
        const { bytesRead } = await file.read(buffer, 0, Math.min(READ_BYTES, end - at), at)
        if (bytesRead === 0) throw new AppError('media_unreadable', 'The video file became shorter while it was read.')
        hash.update(buffer.subarray(0, bytesRead))
        at += bytesRead
      }
    }
    return hash.digest('hex')
  } finally {
    await file.close()
  }
}
