import { execFile } from 'node:child_process'
import { totalmem } from 'node:os'
import { promisify } from 'node:util'
import { AppError } from '@beatloom/core'

/** Of the machine's memory, the rest being for what graphs work out and for everything else. */
const HOST_SHARE = 1 / 4
/** Of a device's own memory; what a graph works out needs the rest. */
const DEVICE_SHARE = 0.7
const GB = 1e9

type Environment = Readonly<Record<string, string | undefined>>

/**
 * File sizes of the graphs that may be in the machine's memory at once: what BEATLOOM_MEMORY_GB says, else a quarter of
 * it.
 * @throws {AppError} `usage` for a setting that is no size.
 */
export function hostBudget(env: Environment = process.env): number {
  return wished(env, 'BEATLOOM_MEMORY_GB') ?? Math.round(totalmem() * HOST_SHARE)
}

/**
 * The same for a graphics device: what BEATLOOM_DEVICE_MEMORY_GB says, else 70 % of the first NVIDIA device's memory;
 * of other devices nothing is known, and they are given the machine's budget.
 * @throws {AppError} `usage` for a setting that is no size.
 */
export async function deviceBudget(
  env: Environment = process.env,
  readDevice: () => Promise<number | null> = nvidiaMemory,
): Promise<number> {
  const wish = wished(env, 'BEATLOOM_DEVICE_MEMORY_GB')
  if (wish !== null) return wish
  const found = await readDevice()
  return found === null ? hostBudget(env) : Math.round(found * DEVICE_SHARE)
}

function wished(env: Environment, name: string): number | null {
  const text = env[name]
  if (text === undefined || text === '') return null
  const size = Number(text)
  if (Number.isFinite(size) && size > 0) return size * GB
  throw new AppError('usage', `${name} is "${text}"; it must be a size in GB, such as 16.`)
}

/** Bytes of the first NVIDIA device; null where there is none, or nothing that tells. */
export async function nvidiaMemory(): Promise<number | null> {
  const query = ['--query-gpu=memory.total', '--format=csv,noheader,nounits']
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', query, { timeout: 3000 })
    const mebibytes = Number(stdout.split('\n')[0])
    return mebibytes > 0 ? mebibytes * 2 ** 20 : null
  } catch {
    return null
  }
}

export const gigabytes = (bytes: number): string => `${(bytes / GB).toFixed(2)} GB`
