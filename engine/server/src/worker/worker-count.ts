import { readdirSync } from 'node:fs'

/** Cards by what CUDA calls them. */
const CARDS_FOLDER = '/proc/driver/nvidia/gpus'
const MOST_WORKERS = 16

/**
 * What each worker beside this one starts with: one worker a graphics card that CUDA can use, or as many as
 * `BEATLOOM_WORKERS` says in all. Processors alone are one worker: it has all of them at work already.
 */
export async function otherWorkerEnvironments(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv[]> {
  const cards = env['CUDA_VISIBLE_DEVICES']?.split(',').filter((card) => card !== '') ?? cardsHere()
  const wish = env['BEATLOOM_PROVIDER'] ?? 'auto'
  const usable = cards.length > 1 && /^(auto|cuda|tensorrt)$/.test(wish) && (await hasCuda()) ? cards : []
  const count = wantedCount(env['BEATLOOM_WORKERS']) ?? Math.max(1, usable.length)
  return Array.from({ length: Math.min(MOST_WORKERS, count) - 1 }, (_, i) => ({
    ...env,
    BEATLOOM_WORKERS: '1',
    // The first card is this worker's own.
    ...(usable.length > 1 ? { CUDA_VISIBLE_DEVICES: usable[(i + 1) % usable.length] } : {}),
  }))
}

function wantedCount(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d*$/.test(text) ? Number(text) : null
}

function cardsHere(): string[] {
  try {
    return readdirSync(CARDS_FOLDER).map((_, index) => String(index))
  } catch {
    return []
  }
}

async function hasCuda(): Promise<boolean> {
  const { missingLibrary } = await import('@beatloom/models')
  return missingLibrary('cuda') === null
}
