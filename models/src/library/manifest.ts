import { join } from 'node:path'
import { readModelJson } from './json-file.ts'

/**
 * `manifest.json` at the top of a model folder: what the model is and the content of its files, so a large model
 * need not be hashed before its name can be used. Optional.
 */
export interface Manifest {
  title: string | null
  licence: string | null
  /** By path inside the folder, with forward slashes. */
  files: Record<string, { sha256: string; sizeBytes: number | null }>
}

export async function readManifest(folder: string): Promise<Manifest> {
  const json = (await readModelJson(join(folder, 'manifest.json'))) ?? {}
  const files: Manifest['files'] = {}
  const listed = json['files']
  if (listed !== null && typeof listed === 'object' && !Array.isArray(listed)) {
    for (const [path, entry] of Object.entries(listed as Record<string, unknown>)) {
      const facts = (typeof entry === 'string' ? { sha256: entry } : (entry ?? {})) as Record<string, unknown>
      const sha256 = facts['sha256']
      if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) continue
      files[path] = { sha256, sizeBytes: typeof facts['sizeBytes'] === 'number' ? facts['sizeBytes'] : null }
    }
  }
  return { title: textOf(json['title']), licence: textOf(json['licence'] ?? json['license']), files }
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
