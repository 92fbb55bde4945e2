import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseWorkflow, type Shot, serializeWorkflow, type Workflow } from '@beatloom/core'
import { findFfmpeg } from '@beatloom/media'
import { GALLERY } from '../folder/data-folder.ts'
import { temporaryData, treePssBytes } from './bench-server.ts'
import type { BenchOptions, Measure } from './measure.ts'

const CLI = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
const SAMPLE_MS = 100
const MIB = 2 ** 20

/** Songs of the sample's music, as often as it takes, by command line at 720p30, everything cold. */
export async function* wholeSongBench({ quick }: BenchOptions): AsyncGenerator<Measure> {
  for (const seconds of quick ? [60] : [60, 210, 600]) {
    const data = temporaryData()
    try {
      const song = await songOf(seconds, join(data.path, `song-${seconds}.mp3`))
      const workflow = parseWorkflow(readFileSync(join(GALLERY, 'whole-song.json'), 'utf8'))
      const name = `whole song of ${seconds} s`
      const made = await render(workflow, song, data.path)
      yield { name: `${name}, start to end`, value: made.wallSeconds, unit: 's', aim: null }
      yield { name: `${name}, shots`, value: made.shots.length, unit: '', aim: null }
      yield { name: `${name}, peak memory of all processes`, value: made.peakBytes / MIB, unit: 'MB', aim: 1_536 }
      yield { name: `${name}, analysis`, value: made.analysisSeconds, unit: 's', aim: seconds === 210 ? 10 : null }
      yield {
        name: `${name}, animatic after`,
        value: made.animaticSeconds,
        unit: 's',
        aim: seconds === 210 ? 20 : null,
      }
      const moved = await render(withMovedCut(workflow, made.shots), song, data.path)
      yield { name: `${name}, one cut moved: shots made`, value: moved.made, unit: '', aim: 2 }
      yield { name: `${name}, one cut moved: start to end`, value: moved.wallSeconds, unit: 's', aim: null }
    } finally {
      data.remove()
    }
  }
}

interface Made {
  wallSeconds: number
  peakBytes: number
  /** Seconds of the analysis itself, and from the start of the program until the animatic could be watched. */
  analysisSeconds: number
  animaticSeconds: number
  shots: Shot[]
  /** Shots that were rendered. */
  made: number
}

interface Event {
  type: string
  node?: string
  seconds?: number
  items?: { kind: string; shots?: Shot[] }[]
}

async function render(workflow: Workflow, song: string, dataPath: string): Promise<Made> {
  const file = join(dataPath, 'workflow.json')
  writeFileSync(file, serializeWorkflow(workflow))
  const startedAt = performance.now()
  const args = [CLI, 'run', file, '--song', song, '--out', join(dataPath, 'video.mp4'), '--json']
  const child = spawn(process.execPath, args, {
    env: { ...process.env, BEATLOOM_DATA: join(dataPath, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const result: Made = { wallSeconds: 0, peakBytes: 0, analysisSeconds: 0, animaticSeconds: 0, shots: [], made: 0 }
  const timer = setInterval(() => {
    result.peakBytes = Math.max(result.peakBytes, treePssBytes(child.pid as number))
  }, SAMPLE_MS)
  let rest = ''
  let last: Event = { type: 'nothing' }
  child.stdout.on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (!line.startsWith('{')) continue
      last = JSON.parse(line) as Event
      if (last.type === 'run.checkpoint') result.made++
      if (last.type === 'node.finished' && last.node === 'beats') result.analysisSeconds = last.seconds ?? 0
      if (last.type === 'node.finished' && last.node === 'animatic') {
        result.animaticSeconds = (performance.now() - startedAt) / 1000
      }
      const plan = last.items?.find((item) => item.kind === 'shots')
      if (plan?.shots) result.shots = plan.shots
    }
  })
  const status = await new Promise((resolve) => child.on('close', resolve))
  clearInterval(timer)
  result.wallSeconds = (performance.now() - startedAt) / 1000
  if (status !== 0) throw new Error(`The run ended with status ${status}: ${JSON.stringify(last)}`)
  return result
}

/** The cut between two shots in the middle, five frames later. */
function withMovedCut(workflow: Workflow, shots: readonly Shot[]): Workflow {
  const index = shots.findIndex((shot, i) => i >= shots.length / 2 && !shot.continues && !shots[i + 1]?.continues)
  const at = shots[index]?.startSeconds
  if (at === undefined) throw new Error('No cut of the plan can be moved.')
  const copy = structuredClone(workflow)
  const plan = copy.nodes['plan']
  if (plan) plan.params['edits'] = [{ do: 'move', at, to: at + 5 / 30 }]
  return copy
}

/** The sample song over and over. */
async function songOf(seconds: number, path: string): Promise<string> {
  const { path: ffmpeg } = await findFfmpeg()
  const sample = join(GALLERY, 'samples/song.mp3')
  const args = ['-loglevel', 'error', '-y', '-stream_loop', '-1', '-i', sample, '-t', String(seconds)]
  execFileSync(ffmpeg, [...args, '-c:a', 'libmp3lame', '-b:a', '192k', path])
  return path
}
