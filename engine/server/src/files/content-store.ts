import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError, type FileHandle } from '@beatloom/core'
import type { DataFolder } from '../folder/data-folder.ts'
import { hashFile } from './hash-file.ts'
import { safeFileName } from './reference.ts'

/**
 * Files by content under one root: `<root>/<sha256>/<name>`. A file appears under its final name complete or not
 * at all.
 */
export class ContentStore {
  readonly #root: string
  readonly #scratch: string

  constructor(folder: DataFolder, place: 'assets' | 'artifacts') {
    this.#root = folder[place]
    this.#scratch = folder.scratch
  }

  /**
   * Writes a stream to disk, hashing it on the way.
   * @param check looks at the finished file before it is let in; what it throws refuses the file.
   * @throws {AppError} `request_too_large` past `maxBytes`, `disk_full`.
   */
  async receive(
    source: Readable,
    name: string,
    options: { maxBytes?: number; check?: (path: string) => Promise<void> } = {},
  ): Promise<FileHandle & { sizeBytes: number }> {
    const path = join(this.#scratch, `incoming-${randomUUID()}`)
    const hash = createHash('sha256')
    let sizeBytes = 0
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        sizeBytes += chunk.length
        if (options.maxBytes !== undefined && sizeBytes > options.maxBytes) {
          done(uploadTooLarge(options.maxBytes))
          return
        }
        hash.update(chunk)
        done(null, chunk)
      },
    })
    try {
      await pipeline(source, meter, createWriteStream(path))
      await options.check?.(path)
      return { ...(await this.#place(path, hash.digest('hex'), name)), sizeBytes }
    } catch (error) {
      await rm(path, { force: true })
      throw asDiskFull(error)
    }
  }

  /** Copies a file of this machine in. @throws {AppError} `file_missing`, `disk_full` */
  async copyIn(path: string, name: string): Promise<FileHandle> {
    const { sizeBytes: _, ...handle } = await this.receive(createReadStream(path), name)
    return handle
  }

  /** Moves a finished file in; it must lie in the data folder. */
  async moveIn(path: string, name: string): Promise<FileHandle> {
    return this.#place(path, await hashFile(path), name)
  }

  async #place(path: string, sha256: string, name: string): Promise<FileHandle> {
    const safeName = safeFileName(name)
    const target = join(this.#root, sha256, safeName)
    const handle = { path: target, sha256, name: safeName }
    if (await exists(target)) {
      await rm(path, { force: true })
      return handle
    }
    await mkdir(join(this.#root, sha256), { recursive: true })
    await rename(path, target)
    return handle
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}

export function uploadTooLarge(maxBytes: number): AppError {
  return new AppError(
    'request_too_large',
    `The file is larger than the ${Math.floor(maxBytes / 2 ** 20)} MB that are taken.`,
    {
      details: { maxBytes },
    },
  )
}

const SQLITE_FULL = 13

/** A full disk gets its own code, whether the system or SQLite met it; other errors pass through. */
export function asDiskFull(error: unknown): unknown {
  const { code, errcode } = (error ?? {}) as { code?: string; errcode?: number }
  if (code !== 'ENOSPC' && code !== 'EDQUOT' && errcode !== SQLITE_FULL) return error
  return new AppError('disk_full', 'The disk is full: free some space, or set BEATLOOM_DATA to a folder elsewhere.', {
    cause: error,
  })
}
