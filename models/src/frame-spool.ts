import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '@beatloom/core'

/** Gives a fresh path with that ending, for scratch work. */
export type Scratch = (suffix: string) => Promise<string>

const inTemporaryFolder: Scratch = async (suffix) => join(tmpdir(), `beatloom-${randomUUID()}${suffix}`)

/** Frames of one size, kept in a file rather than in memory: written one behind the other, read in any order. Close it. */
export interface FrameSpool {
  /** Frames written so far. */
  readonly count: number
  append(frame: Uint8Array): Promise<void>
  /** Reads frame `index` into `into`, which is as long as a frame. */
  read(index: number, into: Uint8Array): Promise<void>
  /** Removes the file. */
  close(): Promise<void>
}

/** @throws {AppError} `disk_full` when a frame finds no room. */
export async function openFrameSpool(frameBytes: number, scratch: Scratch = inTemporaryFolder): Promise<FrameSpool> {
  const path = await scratch('.frames')
  const file: FileHandle = await open(path, 'wx+')
  let count = 0
  return {
    get count() {
      return count
    },
    async append(frame) {
      if (frame.length !== frameBytes) throw new RangeError(`${frame.length} bytes are no frame of ${frameBytes}`)
      try {
        // A disk that is nearly full takes a part, and refuses the rest.
        for (let at = 0; at < frameBytes; ) {
          at += (await file.write(frame, at, frameBytes - at, count * frameBytes + at)).bytesWritten
        }
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error
        throw new AppError('disk_full', 'The disk is full: frames that are worked on found no room.', { cause: error })
      }
      count++
    },
    async read(index, into) {
      await file.read(into, 0, frameBytes, index * frameBytes)
    },
    async close() {
      await file.close()
      await rm(path, { force: true })
    },
  }
}
