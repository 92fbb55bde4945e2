import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SyncCertificate } from '@beatloom/core'
import { encodeImage } from '@beatloom/media'
import { writeWav } from '@beatloom/media/testing'
import { temporaryData } from './bench-server.ts'
import type { BenchOptions, Measure } from './measure.ts'

const CLI = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
const TEMPI_BPM = [70, 96, 120, 128.5, 150, 174]
const QUICK_TEMPI_BPM = [96, 128.5]
const SAMPLE_RATE = 44_100
/** The first click; a sound seldom begins on its beat. */
const FIRST_SECONDS = 0.37
/** A click: a tone that falls to a third in this time, higher on the first of four. */
const DECAY_SECONDS = 0.006
const PICTURES = 3
/** Squares of a picture, across and down, and their side in pixels. */
const [ACROSS, DOWN, SIDE] = [16, 9, 40]

const numbers = Array.from({ length: PICTURES }, (_, i) => i)

/**
 * Click tracks through the product's own way from sound to video (BeatDetect, Plan shots, Animatic, Sync certificate),
 * the cuts that are seen in the decoded video compared with the clicks themselves.
 */
export async function* clickTracksBench({ quick }: BenchOptions): AsyncGenerator<Measure> {
  for (const seconds of quick ? [60] : [60, 240]) {
    for (const frameRate of [24, 30]) {
      const name = `click tracks of ${seconds} s at ${frameRate} frames/s`
      const results: Awaited<ReturnType<typeof measure>>[] = []
      for (const bpm of quick ? QUICK_TEMPI_BPM : TEMPI_BPM) results.push(await measure(bpm, seconds, frameRate))
      const worst = (key: 'p95Ms' | 'offsetMs' | 'framesOff') => Math.max(...results.map((result) => result[key]))
      yield { name: `${name}, cut to click, p95`, value: worst('p95Ms'), unit: 'ms', aim: 500 / frameRate }
      yield { name: `${name}, offset of the sound`, value: worst('offsetMs'), unit: 'ms', aim: 20 }
      yield { name: `${name}, frames too many or too few`, value: worst('framesOff'), unit: '', aim: 0 }
    }
  }
}

async function measure(bpm: number, seconds: number, frameRate: number) {
  const data = temporaryData()
  try {
    const clicks = clickTimes(bpm, seconds)
    const song = await writeWav(join(data.path, 'clicks.wav'), clickTrack(clicks, seconds), SAMPLE_RATE, 1)
    const pictures = await Promise.all(numbers.map((index) => writePicture(index, data.path)))
    const file = join(data.path, 'workflow.json')
    writeFileSync(file, JSON.stringify(workflowOf(frameRate)))
    const flags = ['--song', song, ...pictures.flatMap((path, i) => [`--picture-${i}`, path])]
    const certificate = await certificateOf([file, ...flags], join(data.path, 'data'))
    // The certificate tells seconds to a tenth of a millisecond, frames exactly.
    const errors = certificate.cuts.map((cut) => distanceMs(cut.frame / frameRate, clicks)).sort((a, b) => a - b)
    if (errors.length < seconds / 10) throw new Error(`Only ${errors.length} cuts are seen at ${bpm} BPM.`)
    return {
      p95Ms: errors[Math.ceil(0.95 * errors.length) - 1] as number,
      offsetMs: Math.max(
        Math.abs(certificate.source?.offsetMs ?? Number.NaN),
        Math.abs(certificate.startDifferenceMs ?? Number.NaN),
      ),
      framesOff: Math.abs(certificate.picture.frames - Math.round(seconds * frameRate)),
    }
  } finally {
    data.remove()
  }
}

function clickTimes(bpm: number, seconds: number): number[] {
  const count = Math.floor(((seconds - FIRST_SECONDS) * bpm) / 60) + 1
  return Array.from({ length: count }, (_, i) => FIRST_SECONDS + (i * 60) / bpm)
}

function clickTrack(clicks: readonly number[], seconds: number): Float32Array {
  const samples = new Float32Array(Math.round(seconds * SAMPLE_RATE))
  for (const [index, click] of clicks.entries()) {
    const hz = index % 4 === 0 ? 1_600 : 1_000
    const start = Math.round(click * SAMPLE_RATE)
    const end = Math.min(samples.length, start + Math.round(8 * DECAY_SECONDS * SAMPLE_RATE))
    for (let i = start; i < end; i++) {
      const time = (i - start) / SAMPLE_RATE
      samples[i] = 0.7 * Math.exp(-time / DECAY_SECONDS) * Math.sin(2 * Math.PI * hz * time)
    }
  }
  return samples
}

/** Squares of many shades, others in each picture: a cut between two of them is plain to see. */
async function writePicture(index: number, folder: string): Promise<string> {
  const [width, height] = [ACROSS * SIDE, DOWN * SIDE]
  const shades = Uint8Array.from({ length: ACROSS * DOWN }, (_, i) => 30 + (((i + 1) * 7_919 * (index + 1)) % 201))
  const data = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)]
    return shades[Math.floor(y / SIDE) * ACROSS + Math.floor(x / SIDE)] as number
  })
  const path = join(folder, `picture-${index}.png`)
  writeFileSync(path, await encodeImage({ width, height, channels: 1, data }, { format: 'png' }))
  return path
}

/** As a person would write the file. */
function workflowOf(frameRate: number): object {
  const link = (node: string, port: string) => ({ node, port })
  const images = numbers.map((i) => link(`picture-${i}`, 'image'))
  const song = link('song', 'audio')
  const beats = link('beats', 'beats')
  const shots = link('plan', 'shots')
  const pictures = numbers.map((i) => [`picture-${i}`, { type: 'image.load' }] as const)
  return {
    beatloom: 1,
    title: 'Click track',
    inputs: {
      song: { node: 'song', param: 'file' },
      ...Object.fromEntries(numbers.map((i) => [`picture-${i}`, { node: `picture-${i}`, param: 'file' }])),
    },
    outputs: { video: { node: 'certify', port: 'video' } },
    nodes: {
      song: { type: 'audio.load', params: { durationSeconds: 0 } },
      ...Object.fromEntries(pictures),
      beats: { type: 'beats.detect', links: { audio: song } },
      plan: { type: 'shots.plan', params: { frameRate, pace: 'fast' }, links: { beats, audio: song, images } },
      animatic: { type: 'shots.animatic', links: { shots, audio: song, beats, images } },
      certify: { type: 'video.certify', links: { video: link('animatic', 'video'), shots, audio: song } },
    },
  }
}

/** Runs a workflow by command line and returns the certificate it shows. */
async function certificateOf(args: readonly string[], dataPath: string): Promise<SyncCertificate> {
  const child = spawn(process.execPath, [CLI, 'run', ...args, '--json'], {
    env: { ...process.env, BEATLOOM_DATA: dataPath },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  const status = await new Promise((resolve) => child.on('close', resolve))
  const lines = output.split('\n').filter((line) => line.startsWith('{'))
  for (const line of lines) {
    const { items = [] } = JSON.parse(line) as { items?: { kind: string; certificate?: SyncCertificate }[] }
    const found = items.find((item) => item.kind === 'certificate')?.certificate
    if (found) return found
  }
  throw new Error(`The run ended with status ${status} and without a certificate: ${lines.at(-1)}`)
}

/** From a moment to the nearest click. */
function distanceMs(seconds: number, clicks: readonly number[]): number {
  return 1000 * Math.min(...clicks.map((click) => Math.abs(click - seconds)))
}
