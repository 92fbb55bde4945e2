import { join } from 'node:path'
import { readModelJson } from './json-file.ts'

/** By path inside the folder, with forward slashes. */
export type ManifestFiles = Record<string, { sha256: string; sizeBytes: number | null }>

/**
 * `manifest.json` at the top of a model folder: what the model is and the content of its files, so a large model
 * need not be hashed before its name can be used. Optional.
 */
export interface Manifest {
  title: string | null
  licence: string | null
  /** Where it was added from: a folder, or `owner/name@commit` of a hub. */
  source: string | null
  files: ManifestFiles
}

export async function readManifest(folder: string): Promise<Manifest> {
  const json = (await readModelJson(join(folder, 'manifest.json'))) ?? {}
  const files: ManifestFiles = {}
  for (const [path, entry] of entriesOf(json['files'])) {
    const facts = (typeof entry === 'string' ? { sha256: entry } : (entry ?? {})) as Record<string, unknown>
    const sha256 = facts['sha256']
    if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) continue
    const sizeBytes = facts['sizeBytes'] ?? facts['bytes']
    files[path] = { sha256, sizeBytes: typeof sizeBytes === 'number' ? sizeBytes : null }
  }
  const licence = textOf(json['licence'] ?? json['license'])
  return { title: textOf(json['title']), licence, source: textOf(json['source']), files }
}

/** Files come as an object by path, or as a list whose entries hold theirs. */
function entriesOf(listed: unknown): [path: string, entry: unknown][] {
  if (listed === null || typeof listed !== 'object') return []
  if (!Array.isArray(listed)) return Object.entries(listed)
  return listed.flatMap((entry: unknown) => {
    const path = textOf((entry as { path?: unknown } | null)?.path)
    return path === null ? [] : [[path, entry] as [string, unknown]]
  })
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
