import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** Git-ignored: the tools that the two commands bring, and stamps of what has been done. */
export const TOOLS = join(ROOT, '.tools')
export const CLI = join(ROOT, 'engine', 'server', 'src', 'cli', 'main.ts')
