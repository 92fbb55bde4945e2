import { statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { AppError } from '@beatloom/core'

/** What this machine has for a run. */
export interface Limits {
  memoryBytes: number
  diskBytes: number
}

/** Server and worker at rest, after some runs. Measured 2026-11-22: 200 MB when fresh, up to 400 MB later. */
export const REST_BYTES = 280e6
/** Left free for the system and the store of runs. */
const RESERVED_DISK_BYTES = 64e6

export async function limitsOf(folder: string, env: NodeJS.ProcessEnv = process.env): Promise<Limits> {
  const { bavail, bsize } = await statfs(folder)
  return { memoryBytes: memoryBudget(env), diskBytes: Math.max(0, bavail * bsize - RESERVED_DISK_BYTES) }
}

/**
 * The machine's memory, the container's where that is less, or what BEATLOOM_MEMORY_MB says.
 * @throws {AppError} `usage` when that is no number of megabytes.
 */
export function memoryBudget(env: NodeJS.ProcessEnv): number {
  const text = env.BEATLOOM_MEMORY_MB
  if (text !== undefined && text !== '') {
    const megabytes = Number(text)
    if (megabytes > 0 && Number.isFinite(megabytes)) return megabytes * 1e6
    throw new AppError('usage', `BEATLOOM_MEMORY_MB is "${text}"; it must be a number of megabytes.`)
  }
  // 0 where the process is free, and absurdly large where a container sets no limit.
  const constrained = process.constrainedMemory()
  return constrained > 0 ? Math.min(totalmem(), constrained) : totalmem()
}
