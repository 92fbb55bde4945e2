import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Beside what was installed: as safe from others as the sources are, and gone when they are. */
const FOLDER = fileURLToPath(new URL('../../../../node_modules/.cache/beatloom', import.meta.url))

/**
 * Keeps what Node makes of the sources for later starts, of this process and of those that it forks: a start takes
 * half the time, and what strips types, 25 MB, stays out of memory. A folder that cannot be written is no error.
 */
export function keepCompiledCode(env: NodeJS.ProcessEnv = process.env): void {
  env.NODE_COMPILE_CACHE ??= FOLDER
  enableCompileCache(env.NODE_COMPILE_CACHE)
}
