import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@beatloom/core'
import type { FileFacts } from '../files/media-facts.ts'

/** A file that came in, as the page and other clients see it. */
export interface Asset extends FileFacts {
  reference: string
  sha256: string
  name: string
  sizeBytes: number
}

/** An upload that rests for longer is given up. */
export const UPLOAD_LIFE_MS = 24 * 3600 * 1000
const TIDY_EVERY_MS = 3600 * 1000
const ASSET_ENDING = '.asset.json'

/**
 * Where uploads in pieces grow until they are whole. It outlives the process, so an upload can go on after a restart;
 * what became of a finished one is remembered as long, for a client that missed the answer.
 */
export class UploadFolder {
  readonly path: string
  #tidiedAt = 0

  constructor(dataRoot: string) {
    this.path = join(dataRoot, 'uploads')
  }

  async make(): Promise<void> {
    await mkdir(this.path, { recursive: true })
  }

  async keepAsset(id: string, asset: Asset): Promise<void> {
    await writeFile(this.#assetPath(id), JSON.stringify(asset))
  }

  /** Null while the upload is not finished, or when there is none of that name. */
  async assetOf(id: string): Promise<Asset | null> {
    const text = await readFile(this.#assetPath(id), 'utf8').catch(() => null)
    return text === null ? null : (JSON.parse(text) as Asset)
  }

  /** Drops an upload, its bytes and what is known of it. */
  async drop(id: string): Promise<void> {
    for (const ending of ['', '.json']) await rm(join(this.path, plainId(id) + ending), { force: true })
  }

  /** Removes what nobody has touched for a day. Looks at most once an hour. */
  async tidy(now = Date.now()): Promise<void> {
    if (now - this.#tidiedAt < TIDY_EVERY_MS) return
    this.#tidiedAt = now
    const names = await readdir(this.path).catch(() => [])
    for (const name of names) {
      const path = join(this.path, name)
      const { mtimeMs } = (await stat(path).catch(() => null)) ?? { mtimeMs: now }
      if (now - mtimeMs > UPLOAD_LIFE_MS) await rm(path, { force: true })
    }
  }

  #assetPath(id: string): string {
    return join(this.path, plainId(id) + ASSET_ENDING)
  }
}

/** Ids are 32 hexadecimal digits; anything else might lead out of the folder. @throws {AppError} `not_found` */
function plainId(id: string): string {
  if (/^[0-9a-f]{32}$/.test(id)) return id
  throw new AppError('not_found', `There is no upload "${id}".`)
}
