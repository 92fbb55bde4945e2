import { execFile } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { AppError } from '@beatloom/core'

/** An ffmpeg that can write our videos, and where it came from. */
export interface Ffmpeg {
  path: string
  source: 'BEATLOOM_FFMPEG' | 'ffmpeg-static' | 'PATH' | '@ffmpeg-installer'
  version: string
}

const NEEDED_ENCODERS = ['libx264', 'aac']
const require = createRequire(import.meta.url)
let found: { setting: string | undefined; ffmpeg: Promise<Ffmpeg> } | undefined

/**
 * Finds an ffmpeg with the encoders libx264 and aac; looks once per process and setting.
 * BEATLOOM_FFMPEG, when set, is the only place looked at: a setting that does not work is said, not passed over.
 * @throws {AppError} `ffmpeg_missing`
 */
export function findFfmpeg(): Promise<Ffmpeg> {
  const setting = process.env['BEATLOOM_FFMPEG'] || undefined
  if (found && found.setting === setting) return found.ffmpeg
  const ffmpeg = setting ? fromSetting(setting) : fromInstalled()
  found = { setting, ffmpeg }
  // A failure is not kept: the person may install ffmpeg while the server runs.
  ffmpeg.catch(() => {
    if (found?.ffmpeg === ffmpeg) found = undefined
  })
  return ffmpeg
}

async function fromSetting(path: string): Promise<Ffmpeg> {
  const version = await probe(path)
  if (version !== null) return { path, source: 'BEATLOOM_FFMPEG', version }
  throw new AppError(
    'ffmpeg_missing',
    `BEATLOOM_FFMPEG points to "${path}", which does not run or lacks the encoders libx264 and aac; correct it or unset it.`,
  )
}

async function fromInstalled(): Promise<Ffmpeg> {
  const candidates: { source: Ffmpeg['source']; path: string | null }[] = [
    { source: 'ffmpeg-static', path: staticPath() },
    { source: 'PATH', path: 'ffmpeg' },
    { source: '@ffmpeg-installer', path: installerPath() },
  ]
  for (const { source, path } of candidates) {
    if (path === null) continue
    // Its install script, which would set the bit, does not run here.
    if (source === '@ffmpeg-installer') await chmod(path, 0o755).catch(() => undefined)
    const version = await probe(path)
    if (version !== null) return { path, source, version }
  }
  throw new AppError(
    'ffmpeg_missing',
    'No ffmpeg with H.264 (libx264) and AAC was found: install it (Debian: apt-get install ffmpeg, macOS: brew install ffmpeg, Windows: winget install ffmpeg) or set BEATLOOM_FFMPEG to its path.',
  )
}

function staticPath(): string | null {
  try {
    const path: unknown = require('ffmpeg-static')
    return typeof path === 'string' ? path : null
  } catch {
    return null // an optional dependency, absent where its download was refused
  }
}

function installerPath(): string | null {
  try {
    return (require('@ffmpeg-installer/ffmpeg') as { path: string }).path
  } catch {
    return null // throws where the platform has no package
  }
}

/** The version of a working ffmpeg with the needed encoders, else null. */
function probe(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(path, ['-encoders'], { timeout: 15_000, maxBuffer: 1 << 20 }, (error, stdout, stderr) => {
      if (error) return resolve(null)
      const names = new Set(stdout.split('\n').map((line) => line.trim().split(/\s+/)[1]))
      const able = NEEDED_ENCODERS.every((name) => names.has(name))
      resolve(able ? (/ffmpeg version (\S+)/.exec(stderr)?.[1] ?? 'unknown') : null)
    })
  })
}
