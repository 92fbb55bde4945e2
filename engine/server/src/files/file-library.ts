import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, type FileHandle, type FileResolver } from '@beatloom/core'
import { type DataFolder, SAMPLES } from '../folder/data-folder.ts'
import { hashFile } from './hash-file.ts'
import { isInside, type LocatedFile, locate } from './reference.ts'

/** The files that workflows may name: samples in the box, assets people brought, artifacts of earlier runs. */
export class FileLibrary implements FileResolver {
  readonly #folder: DataFolder
  /** Hash of a sample by path, size and time of change. */
  readonly #hashes = new Map<string, Promise<string>>()

  constructor(folder: DataFolder) {
    this.#folder = folder
  }

  /** @throws {AppError} `path_refused`, `file_missing` */
  async resolve(reference: string): Promise<FileHandle> {
    const located = await this.#found(locate(this.#folder, reference))
    const facts = await this.#statOf(located, reference)
    const { path, name } = located
    return { path, name, sha256: located.sha256 ?? (await this.#hashOf(path, facts)) }
  }

  /**
   * A file that is named by its content is that content wherever it lies: under another name, or among the results of
   * runs instead of what people brought.
   */
  async #found(located: LocatedFile): Promise<LocatedFile> {
    const { sha256, path } = located
    if (sha256 === null || (await stat(path).catch(() => null))) return located
    for (const place of ['assets', 'artifacts'] as const) {
      const folder = join(this.#folder[place], sha256)
      const [name] = (await readdir(folder).catch(() => [])).sort()
      if (name !== undefined) return { place, path: join(folder, name), name: located.name, sha256 }
    }
    return located
  }

  async #statOf(located: LocatedFile, reference: string): Promise<{ size: number; mtimeMs: number }> {
    const facts = await stat(located.path).catch(() => null)
    if (!facts?.isFile()) {
      throw new AppError('file_missing', `The file "${reference}" is not here any more, or never was.`)
    }
    const root = located.place === 'samples' ? SAMPLES : this.#folder[located.place]
    if (!isInside(root, located.path)) {
      throw new AppError('path_refused', `"${reference}" points out of its folder.`)
    }
    return facts
  }

  #hashOf(path: string, facts: { size: number; mtimeMs: number }): Promise<string> {
    const key = `${path}\n${facts.size}\n${facts.mtimeMs}`
    const known = this.#hashes.get(key)
    if (known) return known
    const hash = hashFile(path)
    this.#hashes.set(key, hash)
    hash.catch(() => this.#hashes.delete(key))
    return hash
  }
}
