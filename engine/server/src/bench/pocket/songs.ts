import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runFfmpeg } from '@beatloom/media'
import { SAMPLES } from '../../folder/data-folder.ts'
import { attacksOf } from './attacks.ts'
import { SONG_SECONDS } from './genre-songs.ts'
import { beatsOfMidi } from './tempo-map.ts'
import type { Recording, TestMedia } from './test-media.ts'

export interface Song {
  name: string
  genre: string
  /** Whether its features, or those of its style, were among what the model was trained with. */
  heard: 'not heard' | 'style heard' | 'heard'
  path: string
  /** Where the measured stretch begins, seconds. */
  start: number
  /** Of the whole song, seconds. */
  beats: number[]
}

const FRAME_RATE = 30
/** Past the introductions. */
const RECORDING_START = 40
/** A tempo map may lie this far off its recording as a whole. */
const MAX_SHIFT_SECONDS = 0.06

export const SAMPLE_SONG: Song = {
  name: 'the sample song',
  genre: 'electronic',
  heard: 'not heard',
  path: join(SAMPLES, 'song.mp3'),
  start: 0,
  beats: (JSON.parse(readFileSync(join(SAMPLES, 'song.beats.json'), 'utf8')) as { beats: number[] }).beats,
}

/** Mixes a recording's two tracks once and reads its beats. */
export async function songOf({ name, song, guitar, midi }: Recording): Promise<Song> {
  const path = join(song, '..', 'mix.flac')
  const { signal } = new AbortController()
  if (!existsSync(path)) {
    const mix = ['-filter_complex', 'amix=inputs=2:normalize=0,volume=0.6', '-ar', '44100']
    await runFfmpeg(['-y', '-i', song, '-i', guitar, ...mix, path], { signal, purpose: 'write' })
  }
  const beats = beatsOfMidi(readFileSync(midi), RECORDING_START + 60)
  const start = beats.find((beat) => beat >= RECORDING_START) ?? 0
  const shift = await shiftOf(path, start, beats)
  return { name, genre: 'rock', heard: 'heard', path, start, beats: beats.map((beat) => beat + shift) }
}

/** A genre's song from its beginning or, for the second stretch, from its middle. */
export function genreSong(made: TestMedia['genres'][number], stretch: number): Song {
  const { genre, path, midi, styleHeard } = made
  const beats = beatsOfMidi(readFileSync(midi), SONG_SECONDS)
  const start = stretch === 0 ? 0 : (beats.find((beat) => beat >= SONG_SECONDS / 2) ?? 0)
  const name = `${genre} from ${start.toFixed(1)} s`
  return { name, genre, heard: styleHeard ? 'style heard' : 'not heard', path, start, beats }
}

/** By how much the grid as a whole must move to lie on the attacks, at most `MAX_SHIFT_SECONDS`. */
async function shiftOf(path: string, start: number, beats: number[]): Promise<number> {
  const seconds = 20
  // Fine steps: attacks are measured in hundredths of a second.
  const attacks = await attacksOf(path, { start, seconds, frameRate: 100 })
  let best = { shift: 0, sum: 0 }
  for (let shift = -MAX_SHIFT_SECONDS; shift <= MAX_SHIFT_SECONDS; shift += 0.01) {
    const sum = beats.reduce((total, beat) => total + (attacks[Math.round((beat + shift - start) * 100)] ?? 0), 0)
    if (sum > best.sum) best = { shift, sum }
  }
  return best.shift
}

/** Beats of a stretch, seconds from its beginning. */
export function beatsWithin({ beats }: Song, start: number, seconds: number): number[] {
  return beats.map((beat) => beat - start).filter((beat) => beat >= 0 && beat < seconds)
}

/** A steady loud kick and hat at 200 BPM: the fastest song that flash safety must hold for. */
export async function writeFastSong(path: string): Promise<void> {
  const beat = 'mod(t,0.3)'
  const kick = `0.8*sin(2*PI*60*t)*exp(-${beat}*14)`
  const hat = `0.3*random(0)*exp(-mod(t+0.15,0.3)*40)`
  const source = `aevalsrc=exprs='${kick}+${hat}':s=44100:d=6`
  await runFfmpeg(['-y', '-f', 'lavfi', '-i', source, path], {
    signal: new AbortController().signal,
    purpose: 'write',
  })
}

export async function writeSilence(path: string): Promise<void> {
  await runFfmpeg(['-y', '-f', 'lavfi', '-i', 'anullsrc=r=44100:cl=mono', '-t', '12', path], {
    signal: new AbortController().signal,
    purpose: 'write',
  })
}

/** Attacks of the measured stretch, per video frame. */
export function attacksIn(song: Song, start: number, seconds: number): Promise<Float64Array> {
  return attacksOf(song.path, { start, seconds, frameRate: FRAME_RATE })
}
