import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { GENRE_SONGS, type GenreSong } from './genre-songs.ts'
import { type RenderedSong, renderSong } from './render-song.ts'

const run = promisify(execFile)

/**
 * Pictures and recordings that are only measured with, fetched from Debian and kept outside the repository. The
 * wallpapers are CC BY-SA and in no training; astronaut and photographer are held out. Grace Hopper is among the
 * training's pictures, the recordings' features are too (models/training/data/README.md): the report says so.
 */
const PACKAGES = {
  'lomiri-wallpapers-20.04': 'photographs, CC BY-SA 3.0',
  'lomiri-wallpapers-16.04': 'photographs, CC BY-SA 4.0 (the four that are used)',
  'python3-skimage': 'a portrait of an astronaut, public domain (NASA), and a photographer, CC0',
  'python-matplotlib-data': 'a portrait of Grace Hopper, public domain (US Navy)',
  'fretsonfire-songs-sectoid': 'four rock songs with tempo maps by Carlos Viola Iborra, MIT-like',
} as const

/** The instruments of the genres (MIT), fetched when a song must be rendered. */
const SOUNDFONT = 'fluidr3mono-gm-soundfont'

const WALLPAPERS = [
  'Kleiber_by_Lukas_Baubkus',
  'Infinite-Sea_by_Aury88',
  'Bridge_by_Sander_Klootwijk',
  'Dragonfly_by_Bolly',
  'greentock_by_Peter_Nerlich',
  'free_by_Peter_Nerlich',
] as const

export interface Recording {
  name: string
  song: string
  guitar: string
  /** Notes with a tempo map. */
  midi: string
}

export interface TestMedia {
  /** Paths; empty where they could not be had. */
  pictures: string[]
  faces: { astronaut: string | null; photographer: string | null; hopper: string | null }
  recordings: Recording[]
  genres: (GenreSong & RenderedSong)[]
  /** Why something is missing, one sentence each. */
  missing: string[]
}

/** Where fetched media are kept; BEATLOOM_BENCH_MEDIA names another place. */
function mediaFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return process.env.BEATLOOM_BENCH_MEDIA || join(cache, 'beatloom-bench')
}

export async function fetchTestMedia(folder = mediaFolder()): Promise<TestMedia> {
  mkdirSync(folder, { recursive: true })
  const missing: string[] = []
  let reason: string | null = null
  for (const [name, what] of Object.entries(PACKAGES)) {
    // What one failed for (no network, no apt) the next would fail for after another long wait.
    if (existsSync(join(folder, name))) continue
    reason ??= await fetchPackage(folder, name)
    if (reason !== null) missing.push(`Without ${name} (${what}): ${reason}`)
  }
  const backgrounds = (name: string) => join('usr/share/backgrounds', `${name}.jpg`)
  const wallpapers = WALLPAPERS.flatMap((name) => [
    join(folder, 'lomiri-wallpapers-20.04', backgrounds(name)),
    join(folder, 'lomiri-wallpapers-16.04', backgrounds(name)),
  ])
  const inside = (name: string, path: string) => {
    const whole = join(folder, name, 'usr', path)
    return existsSync(whole) ? whole : null
  }
  const skimage = 'lib/python3/dist-packages/skimage/data'
  const genres = await renderGenres(folder)
  return {
    pictures: wallpapers.filter((path) => existsSync(path)),
    faces: {
      astronaut: inside('python3-skimage', `${skimage}/astronaut.png`),
      photographer: inside('python3-skimage', `${skimage}/camera.png`),
      hopper: inside('python-matplotlib-data', 'share/matplotlib/mpl-data/sample_data/grace_hopper.jpg'),
    },
    recordings: recordingsIn(join(folder, 'fretsonfire-songs-sectoid/usr/share/games/fretsonfire/data/songs/sectoid')),
    genres: genres.songs,
    missing: [...missing, ...genres.missing],
  }
}

async function renderGenres(folder: string): Promise<{ songs: TestMedia['genres']; missing: string[] }> {
  const soundfont = async () => {
    const reason = existsSync(join(folder, SOUNDFONT)) ? null : await fetchPackage(folder, SOUNDFONT)
    if (reason !== null) throw new Error(`${SOUNDFONT}: ${reason}`)
    return join(folder, SOUNDFONT, 'usr/share/fluidr3mono-gm-soundfont/FluidR3Mono_GM.sf3')
  }
  const songs: TestMedia['genres'] = []
  try {
    for (const song of GENRE_SONGS)
      songs.push({ ...song, ...(await renderSong(song, join(folder, 'genres'), soundfont)) })
    return { songs, missing: [] }
  } catch (error) {
    const count = GENRE_SONGS.length - songs.length
    return { songs, missing: [`Without ${count} genres (made by mma and fluidsynth): ${firstLine(error)}`] }
  }
}

/** Unpacks a Debian package into a folder of its name; installs nothing. @returns why it could not be had, null when it was. */
async function fetchPackage(folder: string, name: string): Promise<string | null> {
  // Several benches may fetch at once: the first to be done wins.
  const partial = join(folder, `${name}.${process.pid}.part`)
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial)
  try {
    await run('apt-get', ['download', name], { cwd: partial, timeout: 300_000 })
    const archive = readdirSync(partial).find((file) => file.endsWith('.deb'))
    if (!archive) return 'apt-get brought no file'
    await run('dpkg', ['-x', archive, '.'], { cwd: partial })
    rmSync(join(partial, archive))
    renameSync(partial, join(folder, name))
    return null
  } catch (error) {
    return existsSync(join(folder, name)) ? null : firstLine(error)
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}

function recordingsIn(folder: string): Recording[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'notes.mid')))
  return names.sort().map((name) => ({
    name,
    song: join(folder, name, 'song.ogg'),
    guitar: join(folder, name, 'guitar.ogg'),
    midi: join(folder, name, 'notes.mid'),
  }))
}

/** The line that says what was wrong: apt marks it with E. */
function firstLine(error: unknown): string {
  const lines = ((error as { stderr?: string }).stderr || (error as Error).message).trim().split('\n')
  return lines.find((line) => line.startsWith('E:')) ?? lines[0] ?? ''
}
