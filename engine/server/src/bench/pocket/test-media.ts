import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Pictures and recordings that are only measured with, fetched from Debian and kept outside the repository. No
 * picture is among those of the training: the wallpapers are CC BY-SA and kept for tests, the portrait is held out. The
 * recordings' features are (models/training/data/README.md).
 */
const PACKAGES = {
  'lomiri-wallpapers-20.04': 'photographs, CC BY-SA 3.0',
  'lomiri-wallpapers-16.04': 'photographs, CC BY-SA 4.0 (the four that are used)',
  'python3-skimage': 'a portrait of an astronaut, public domain (NASA)',
  'fretsonfire-songs-sectoid': 'four rock songs with tempo maps by Carlos Viola Iborra, MIT-like',
} as const

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
  portrait: string | null
  recordings: Recording[]
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
  const portrait = join(folder, 'python3-skimage/usr/lib/python3/dist-packages/skimage/data/astronaut.png')
  return {
    pictures: wallpapers.filter((path) => existsSync(path)),
    portrait: existsSync(portrait) ? portrait : null,
    recordings: recordingsIn(join(folder, 'fretsonfire-songs-sectoid/usr/share/games/fretsonfire/data/songs/sectoid')),
    missing,
  }
}

/** Unpacks a Debian package into a folder of its name; installs nothing. @returns why it could not be had, null when it was. */
async function fetchPackage(folder: string, name: string): Promise<string | null> {
  const partial = join(folder, `${name}.part`)
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
    return firstLine(error)
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
