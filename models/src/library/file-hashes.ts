import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readRemembered, writeRemembered } from './json-file.ts'

interface Known {
  sizeBytes: number
  modifiedMs: number
  sha256: string
}

/** SHA-256 of files, remembered for as long as size and modification time stay. */
export interface FileHashes {
  /** Lower-case hex. */
  sha256(path: string): Promise<string>
  /** Writes what was learnt since the last time. */
  save(): Promise<void>
}

/** @param dataFolder where to remember hashes across starts; without it they last as long as this object. */
export function createFileHashes(dataFolder: string | undefined): FileHashes {
  const store = dataFolder === undefined ? null : join(dataFolder, 'model-hashes.json')
  let known: Promise<Record<string, Known>> | null = null
  let changed = false
  const load = () => {
    known ??= store ? readRemembered<Record<string, Known>>(store, {}) : Promise.resolve({})
    return known
  }
  return {
    async sha256(path) {
      const facts = await stat(path)
      const entries = await load()
      const entry = entries[path]
      if (entry && entry.sizeBytes === facts.size && entry.modifiedMs === facts.mtimeMs) return entry.sha256
      const sha256 = await hashFile(path)
      entries[path] = { sizeBytes: facts.size, modifiedMs: facts.mtimeMs, sha256 }
      changed = true
      return sha256
    },
    async save() {
      if (!changed || !store) return
      changed = false
      await writeRemembered(store, await load())
    },
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return hash.digest('hex')
}

/** One hash for a set of named contents; the order they come in does not matter. */
export function hashOfHashes(files: Record<string, string>): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(files).sort()) hash.update(`${name}\0${files[name]}\n`)
  return hash.digest('hex')
}
