import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { temporaryData, treeRssBytes } from './bench-server.ts'
import type { Measure } from './measure.ts'

const CHILD = fileURLToPath(new URL('./frames-child.ts', import.meta.url))
const SAMPLE_MS = 50

/** VAE decode → MP4 alone: how fast frames flow, and that memory stays flat in the length. */
export async function* framesBench(): AsyncGenerator<Measure> {
  const short = await render(5)
  const long = await render(60)
  yield { name: 'decode and encode 720p30, frames per second', value: long.framesPerSecond, unit: '1/s', aim: null }
  yield { name: 'decode and encode 60 s, peak memory', value: long.peakBytes / 1e6, unit: 'MB', aim: null }
  const growth = (long.peakBytes - short.peakBytes) / 1e6
  yield { name: 'decode and encode, peak memory 60 s over 5 s', value: growth, unit: 'MB', aim: 100 }
}

async function render(seconds: number): Promise<{ framesPerSecond: number; peakBytes: number }> {
  const data = temporaryData()
  const startedAt = performance.now()
  const child = spawn(process.execPath, [CHILD, String(seconds), data.path], { stdio: ['ignore', 'ignore', 'inherit'] })
  let peakBytes = 0
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, treeRssBytes(child.pid as number))
  }, SAMPLE_MS)
  const status = await new Promise((resolve) => child.on('close', resolve))
  clearInterval(timer)
  data.remove()
  if (status !== 0) throw new Error(`rendering ${seconds} s ended with status ${status}`)
  return { framesPerSecond: (seconds * 30) / ((performance.now() - startedAt) / 1000), peakBytes }
}
