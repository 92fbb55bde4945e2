import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ROOT, TOOLS } from './paths.mjs'

/** Folders that hold products, not sources. */
const SKIPPED = new Set(['node_modules', 'dist', 'test-results', 'playwright-report'])

/** One hash over names and contents of files and folders; what is missing counts as such. */
export function hashOf(paths, extra = []) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesUnder)) {
    hash.update(`${relative(ROOT, path)}\0`)
    hash.update(existsSync(path) ? readFileSync(path) : '-')
  }
  hash.update(JSON.stringify(extra))
  return hash.digest('hex')
}

function filesUnder(path) {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]))
}

export function isStamped(name, hash) {
  const path = join(TOOLS, `${name}.stamp`)
  return existsSync(path) && readFileSync(path, 'utf8') === hash
}

export function stamp(name, hash) {
  mkdirSync(TOOLS, { recursive: true })
  writeFileSync(join(TOOLS, `${name}.stamp`), hash)
}
