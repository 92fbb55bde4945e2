/**
 * Measures the tracker on music with known beats and prints a line per piece:
 *   node nodes/beats/evaluate.ts FOLDER [--seconds 8 --start 2.3] [--skip 5]
 * FOLDER holds sound files, each beside NAME.beats.json or NAME.json with {"beats": […], "downbeats": […]} in seconds.
 * `--skip` leaves out the first seconds, as published scores do. Material with exact beats and how to make it:
 * accompaniments by MMA through a soundfont, LMMS demo projects, fretsonfire-songs-sectoid (all in Debian).
 */
import { readdir, readFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { parseArgs } from 'node:util'
import { openAudio, readPcm } from '@beatloom/media'
import { analyseBeats } from './analyse-beats.ts'
import { withContext } from './detect-beats.ts'
import { type BeatScore, scoreBeats } from './f-measure.ts'

const SAMPLE_RATE = 44_100
const SOUND = new Set(['.wav', '.mp3', '.ogg', '.flac', '.m4a'])

interface Truth {
  beats: number[]
  downbeats?: number[]
}

interface Measured {
  beat: BeatScore
  /** The best F against the truth at its own, half and double speed: what is left when the octave does not count. */
  anyOctave: number
  downbeat: number | null
  /** Of one core's time. */
  timesRealTime: number
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    start: { type: 'string', default: '0' },
    skip: { type: 'string', default: '0' },
  },
})
const folder = positionals[0]
if (!folder) throw new Error('Name a folder with sound files and their beats.')
const all: Measured[] = []
for (const name of (await readdir(folder)).sort()) {
  const { name: stem, ext } = parse(name)
  if (!SOUND.has(ext)) continue
  const truth = await truthOf(join(folder, stem))
  if (!truth) continue
  const measured = await measure(join(folder, name), truth)
  all.push(measured)
  console.log([stem.padEnd(24), ...columns(measured)].join('  '))
}
if (all.length > 0) console.log([`mean of ${all.length}`.padEnd(24), ...columns(meanOf(all))].join('  '))

async function truthOf(path: string): Promise<Truth | null> {
  for (const ending of ['.beats.json', '.json']) {
    const text = await readFile(path + ending, 'utf8').catch(() => null)
    if (text !== null) return JSON.parse(text) as Truth
  }
  return null
}

async function measure(path: string, truth: Truth): Promise<Measured> {
  const { signal } = new AbortController()
  const start = Number(values.start)
  const file = { path, sha256: '', name: path }
  const durationSeconds = values.seconds === undefined ? undefined : Number(values.seconds)
  const { clip: audio } = await openAudio(file, { startSeconds: start, durationSeconds }, signal)
  // As the node does it: a short stretch is understood from what sounds around it.
  const { clip, startSeconds } = withContext(audio)
  const chunks: Float32Array[] = []
  for await (const chunk of readPcm(clip, { sampleRate: SAMPLE_RATE, channels: 1 }, signal)) chunks.push(chunk)
  const before = process.cpuUsage()
  const fromBeginning = clip.startSeconds === 0
  const { durationSeconds: reported } = audio
  const options = { sampleRate: SAMPLE_RATE, durationSeconds: reported, startSeconds, fromBeginning, signal }
  const { beats } = await analyseBeats(replay(chunks), options)
  const used = process.cpuUsage(before)
  const seconds = (used.user + used.system) / 1e6
  const within = (times: number[]) => times.map((time) => time - start).filter(isCounted(audio.durationSeconds))
  const found = beats.beats.filter(isCounted(audio.durationSeconds))
  const beat = scoreBeats(found, within(truth.beats))
  const downbeats =
    truth.downbeats && scoreBeats(beats.downbeats.filter(isCounted(audio.durationSeconds)), within(truth.downbeats))
  return {
    beat,
    anyOctave: Math.max(
      beat.fMeasure,
      ...octaves(truth.beats).map((times) => scoreBeats(found, within(times)).fMeasure),
    ),
    downbeat: downbeats?.fMeasure ?? null,
    timesRealTime: clip.durationSeconds / seconds,
  }
}

async function* replay(chunks: Float32Array[]): AsyncGenerator<Float32Array> {
  yield* chunks
}

function isCounted(durationSeconds: number): (time: number) => boolean {
  return (time) => time >= Number(values.skip) && time < durationSeconds
}

/** Every second beat (two ways), and twice as many. */
function octaves(beats: number[]): number[][] {
  const between = beats.slice(1).map((time, i) => (time + (beats[i] as number)) / 2)
  const even = beats.filter((_, i) => i % 2 === 0)
  const odd = beats.filter((_, i) => i % 2 === 1)
  return [even, odd, [...beats, ...between].sort((a, b) => a - b)]
}

function columns({ beat, anyOctave, downbeat, timesRealTime }: Measured): string[] {
  return [
    `F ${beat.fMeasure.toFixed(3)}`,
    `any octave ${anyOctave.toFixed(3)}`,
    `downbeat ${downbeat === null ? '    –' : downbeat.toFixed(3)}`,
    `error ${(1000 * beat.medianError).toFixed(1)} ms`,
    `${timesRealTime.toFixed(0)}× real time`,
  ]
}

function meanOf(all: Measured[]): Measured {
  const mean = (read: (measured: Measured) => number | null) => {
    const known = all.map(read).filter((value) => value !== null && Number.isFinite(value)) as number[]
    return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0) / known.length
  }
  const beat = {
    fMeasure: mean(({ beat }) => beat.fMeasure),
    precision: mean(({ beat }) => beat.precision),
    recall: mean(({ beat }) => beat.recall),
    medianError: mean(({ beat }) => beat.medianError),
    medianAbsoluteError: mean(({ beat }) => beat.medianAbsoluteError),
  }
  return {
    beat,
    anyOctave: mean((each) => each.anyOctave),
    downbeat: mean((each) => each.downbeat),
    timesRealTime: mean((each) => each.timesRealTime),
  }
}
