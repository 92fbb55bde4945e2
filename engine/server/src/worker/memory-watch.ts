import { readFileSync } from 'node:fs'

const SAMPLE_MS = 100

/** Resident memory of this process, its parent and its children together, in bytes. */
export function residentBytes(): number {
  if (process.platform !== 'linux') return process.memoryUsage.rss()
  const children = readText(`/proc/self/task/${process.pid}/children`)
    .split(' ')
    .filter((pid) => pid !== '')
  let total = process.memoryUsage.rss()
  for (const pid of [String(process.ppid), ...children]) total += residentOf(pid)
  return total
}

/** Shared pages are counted in every process: the sum errs on the high side. */
function residentOf(pid: string): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readText(`/proc/${pid}/status`))?.[1]
  return Number(kilobytes ?? 0) * 1024
}

/** Empty where the process has ended meanwhile. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1').trim()
  } catch {
    return ''
  }
}

/** Samples memory while a run goes on. */
export function watchMemory(): { peakBytes(): number; stop(): void } {
  let peak = 0
  const sample = (): number => {
    peak = Math.max(peak, residentBytes())
    return peak
  }
  const timer = setInterval(sample, SAMPLE_MS)
  timer.unref()
  return { peakBytes: sample, stop: () => clearInterval(timer) }
}
