import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryData, treeRssBytes } from './bench-server.ts'
import type { Measure } from './measure.ts'

const CLI = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
const SAMPLE_MS = 50

/** The main job on the sample media, by command line, everything cold. */
export async function* songVideoBench(): AsyncGenerator<Measure> {
  const eight = await runSongVideo(['--duration', '8'])
  yield { name: 'song-video 720p 30 fps 8 s, start to end', value: eight.wallSeconds, unit: 's', aim: 40 }
  yield { name: 'song-video 720p 30 fps 8 s, the run alone', value: eight.runSeconds, unit: 's', aim: 20 }
  yield { name: 'song-video 8 s, peak memory of all processes', value: eight.peakBytes / 1e6, unit: 'MB', aim: 1_611 }
  const short = await runSongVideo(['--duration', '5'])
  const long = await runSongVideo(['--duration', '15'])
  const growth = (long.peakBytes - short.peakBytes) / 1e6
  yield { name: 'song-video, peak memory 15 s over 5 s', value: growth, unit: 'MB', aim: null }
}

interface SongVideoRun {
  wallSeconds: number
  runSeconds: number
  peakBytes: number
}

async function runSongVideo(flags: string[]): Promise<SongVideoRun> {
  const data = temporaryData()
  const startedAt = performance.now()
  const args = [CLI, 'run', 'song-video', ...flags, '--out', join(data.path, 'clip.mp4'), '--json']
  const child = spawn(process.execPath, args, {
    env: { ...process.env, BEATLOOM_DATA: data.path },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let peakBytes = 0
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, treeRssBytes(child.pid as number))
  }, SAMPLE_MS)
  let lines = ''
  child.stdout.on('data', (chunk) => {
    lines += chunk
  })
  const status = await new Promise((resolve) => child.on('close', resolve))
  clearInterval(timer)
  const wallSeconds = (performance.now() - startedAt) / 1000
  data.remove()
  const last = lines.trim().split('\n').at(-1) ?? ''
  if (status !== 0) throw new Error(`song-video ended with status ${status}: ${last}`)
  const { seconds, peakRssBytes } = JSON.parse(last) as { seconds: number; peakRssBytes: number }
  return { wallSeconds, runSeconds: seconds, peakBytes: Math.max(peakBytes, peakRssBytes) }
}
