import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runFfmpeg } from '@beatloom/media'
import { type GenreSong, SONG_SECONDS, scoreOf } from './genre-songs.ts'

const run = promisify(execFile)
const SAMPLE_RATE = 44_100
const BYTES_PER_SECOND = SAMPLE_RATE * 2 * 2

export interface RenderedSong {
  path: string
  /** As MMA wrote it; its tempo map has the beats. */
  midi: string
}

/**
 * Has MMA write a song and fluidsynth play it, once: later calls find it in `folder` and need neither.
 * @param soundfont brings the instruments, when they are needed.
 * @throws {Error} when one of the two programs or the soundfont is missing or makes nothing.
 */
export async function renderSong(
  song: GenreSong,
  folder: string,
  soundfont: () => Promise<string>,
): Promise<RenderedSong> {
  const name = song.genre.replaceAll(' ', '-')
  const rendered = { path: join(folder, `${name}.flac`), midi: join(folder, `${name}.mid`) }
  const kept = join(folder, `${name}.mma`)
  const text = scoreOf(song)
  // The score is put there last.
  if (existsSync(kept) && readFileSync(kept, 'utf8') === text) return rendered
  const instruments = await soundfont()
  // Several benches may be at it at once.
  const own = join(folder, `${name}.${process.pid}`)
  mkdirSync(own, { recursive: true })
  try {
    const [score, midi, raw, flac] = ['mma', 'mid', 'raw', 'flac'].map((kind) => join(own, `song.${kind}`)) as [
      string,
      string,
      string,
      string,
    ]
    writeFileSync(score, text)
    await run('mma', ['-f', midi, score], { timeout: 60_000 })
    await play(midi, raw, instruments)
    const pcm = ['-f', 's16le', '-ar', String(SAMPLE_RATE), '-ac', '2', '-i', raw]
    await runFfmpeg(['-y', ...pcm, '-t', String(SONG_SECONDS), '-ac', '1', flac], {
      signal: new AbortController().signal,
      purpose: 'write',
    })
    renameSync(midi, rendered.midi)
    renameSync(flac, rendered.path)
    renameSync(score, kept)
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
  return rendered
}

/** fluidsynth does not always end by itself when it writes a file: what it has written by then is enough. */
async function play(midi: string, raw: string, soundfont: string): Promise<void> {
  const file = ['-r', String(SAMPLE_RATE), '-T', 'raw', '-O', 's16', '-F', raw]
  try {
    await run('fluidsynth', ['-ni', '-g', '0.6', ...file, soundfont, midi], { timeout: 60_000, killSignal: 'SIGKILL' })
  } catch (error) {
    if (!existsSync(raw) || statSync(raw).size < SONG_SECONDS * BYTES_PER_SECOND) throw error
  }
}
