import { realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { AppError } from '@beatloom/core'
import { type DataFolder, SAMPLES } from '../folder/data-folder.ts'
import type { PublicFile } from '../store/run-record.ts'

/** A file reference taken apart: `samples/cover.jpg`, `assets/<sha256>/<name>`, `artifacts/<sha256>/<name>`. */
export interface LocatedFile {
  place: 'samples' | 'assets' | 'artifacts'
  path: string
  name: string
  /** Null for samples, whose hash is not in their name. */
  sha256: string | null
}

const HASH = /^[0-9a-f]{64}$/

/**
 * Where a reference points; says nothing about whether the file is there.
 * @throws {AppError} `path_refused` for anything that is not a plain reference into the data folders.
 */
export function locate(folder: DataFolder, reference: string): LocatedFile {
  const parts = reference.split('/')
  const place = parts[0]
  if (parts.length < 2 || parts.some(isUnsafePart) || reference.includes('\\')) throw refused(reference)
  if (place === 'samples') {
    return { place, path: join(SAMPLES, ...parts.slice(1)), name: parts.at(-1) as string, sha256: null }
  }
  const [, sha256, name] = parts
  if ((place !== 'assets' && place !== 'artifacts') || parts.length !== 3 || !sha256 || !name || !HASH.test(sha256)) {
    throw refused(reference)
  }
  return { place, path: join(folder[place], sha256, name), name, sha256 }
}

/** A link on disk may point out of its folder: such a file does not count as inside. */
export function isInside(root: string, path: string): boolean {
  const inner = relative(realpathSync(root), realpathSync(path))
  return inner !== '' && !inner.startsWith('..') && !inner.startsWith(sep)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const UNSAFE = /[\u0000-\u001f\\:]/

function isUnsafePart(part: string): boolean {
  return part === '' || part === '.' || part === '..' || UNSAFE.test(part)
}

function refused(reference: string): AppError {
  return new AppError(
    'path_refused',
    `"${reference}" is not a file of this Beatloom; a file is named samples/…, assets/… or artifacts/….`,
  )
}

/** A name safe as a file name on every system; what people see stays close to what they gave. */
export function safeFileName(name: string, fallback = 'file'): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const cleaned = last
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
    .replace(/[\u0000-\u001f<>:"|?*]/g, '_')
    .replace(/^\.+/, '')
    .trim()
  const cut = cleaned.length <= 120 ? cleaned : `${cleaned.slice(0, 100)}${cleaned.slice(-20)}`
  return cut === '' ? fallback : cut
}

/** The address of a file for clients. */
export function publicFile(folder: DataFolder, file: { path: string; sha256: string; name: string }): PublicFile {
  const { sha256, name } = file
  for (const [place, root] of [
    ['artifacts', folder.artifacts],
    ['assets', folder.assets],
    ['samples', SAMPLES],
  ] as const) {
    if (!file.path.startsWith(root + sep)) continue
    const inner = file.path
      .slice(root.length + 1)
      .split(sep)
      .map(encodeURIComponent)
      .join('/')
    return { sha256, name, url: `/api/v1/files/${place}/${inner}` }
  }
  return { sha256, name, url: null }
}
