import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drawGraph } from './draw-graph.ts'

/** Makes the gallery's pictures again, by running the workflows: `node workflows/previews/make-previews.ts`. */

const here = import.meta.dirname
const cli = join(here, '../../engine/server/src/cli/main.ts')
const scratch = mkdtempSync(join(tmpdir(), 'beatloom-previews-'))
const env = { ...process.env, BEATLOOM_DATA: join(scratch, 'data') }

const beatloom = (name: string, ...args: string[]): string =>
  execFileSync(process.execPath, [cli, 'run', join(here, `../${name}.json`), ...args], {
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  })

const ffmpeg = (args: string[], input?: Buffer): Buffer =>
  execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...args], input ? { input } : {})

/** Takes all of the song. */
const WHOLE = 'whole-song'

/** One bar of the sample song at 140 beats per minute, so the loop closes on the beat. */
const BAR_SECONDS = 240 / 140
const SMALL = 'scale=-2:180:flags=lanczos'

/** @param from second at which the loop begins, on a bar line. */
function loop(name: string, from: number, ...options: string[]): void {
  const video = join(scratch, `${name}.mp4`)
  const duration = name === WHOLE ? [] : ['--duration', '4']
  beatloom(name, ...duration, ...options, '--out', video)
  const animated = ['-c:v', 'libwebp_anim', '-loop', '0', '-quality', '30', '-compression_level', '6']
  ffmpeg([
    '-ss',
    String(from),
    '-i',
    video,
    '-t',
    String(BAR_SECONDS),
    '-vf',
    `fps=10,${SMALL}`,
    '-an',
    ...animated,
    `${here}/${name}.webp`,
  ])
  const still = ['-frames:v', '1', '-c:v', 'libwebp', '-quality', '72', `${here}/${name}.still.webp`]
  ffmpeg(['-ss', String(from), '-i', video, '-vf', `select=eq(n\\,6),${SMALL}`, ...still])
}

interface Item {
  peaks?: number[]
  beats?: number[]
  downbeats?: number[]
  values?: number[]
}

const WIDTH = 312
const HEIGHT = 180
const GROUND = [24, 26, 31]

/** What the analysis shows: loudness as bars, the bass as a line, beats as ticks, bars as tall ticks. */
function analysisPicture(seconds: number): void {
  const items = new Map<string, Item>()
  for (const line of beatloom('audio-analysis', '--duration', String(seconds), '--json').split('\n')) {
    if (!line.startsWith('{')) continue
    const event = JSON.parse(line) as { type: string; node?: string; items?: Item[] }
    if (event.type === 'node.display' && event.node && event.items?.[0]) items.set(event.node, event.items[0])
  }
  const { peaks = [] } = items.get('song') ?? {}
  const { beats = [], downbeats = [] } = items.get('beats') ?? {}
  const { values: bass = [] } = items.get('bass') ?? {}
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3)
  for (let i = 0; i < WIDTH * HEIGHT; i++) pixels.set(GROUND, i * 3)
  const column = (x: number, from: number, to: number, colour: number[]) => {
    for (let y = Math.max(0, Math.round(from)); y < Math.min(HEIGHT, to); y++) pixels.set(colour, (y * WIDTH + x) * 3)
  }
  const at = (list: number[], x: number) => list[Math.floor((x / WIDTH) * list.length)] ?? 0
  for (let x = 0; x < WIDTH; x++) {
    if (x % 3 < 2) column(x, 70 - at(peaks, x) * 52, 70 + at(peaks, x) * 52, [76, 195, 138])
    column(x, 164 - at(bass, x) * 34, 167 - at(bass, x) * 34, [255, 131, 82])
    column(x, 166, 167, [58, 63, 72])
  }
  const barlines = new Set(downbeats)
  for (const beat of beats) {
    const x = Math.round((beat / seconds) * (WIDTH - 1))
    column(x, barlines.has(beat) ? 4 : 112, 128, barlines.has(beat) ? [236, 238, 242] : [169, 176, 188])
  }
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${WIDTH}x${HEIGHT}`, '-i', '-']
  ffmpeg([...raw, '-c:v', 'libwebp', '-lossless', '1', `${here}/audio-analysis.webp`], pixels)
}

/** Their models are not in the box. */
const WITHOUT_MODELS = [
  'lcm-text-to-image',
  'sd-image-to-image',
  'sd-text-to-image',
  'wan-i2v',
  'wan-s2v',
  'wan-t2v',
  'wan-ti2v-5b',
]

const QUICK = ['--resolution', '480p']
const PROMPT = ['--prompt', 'slow push in, warm light glows on the beat', '--seed', '7']

try {
  loop('song-video', 0, ...QUICK, ...PROMPT)
  loop('words-over-time', BAR_SECONDS, ...QUICK)
  // The cut lies in the middle.
  loop('two-shots', BAR_SECONDS)
  loop('painted-subject', BAR_SECONDS, ...QUICK)
  // The first cut lies in the third bar.
  loop(WHOLE, 2 * BAR_SECONDS, ...QUICK)
  loop('beat-pulse', 0, ...QUICK)
  analysisPicture(6)
  for (const name of WITHOUT_MODELS) await drawGraph(join(here, `../${name}.json`), join(here, `${name}.webp`))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
