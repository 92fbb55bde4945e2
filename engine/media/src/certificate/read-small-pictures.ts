import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { everyPicture } from '../every-picture.ts'
import { startFfmpeg } from '../run-ffmpeg.ts'
import { safeInput } from '../safe-input.ts'
import { SMALL_HEIGHT, SMALL_WIDTH } from './picture-difference.ts'

/**
 * Decodes every picture of an MP4 once, small and grey, none doubled and none dropped.
 * @param visit called with `SMALL_HEIGHT × SMALL_WIDTH` bytes, valid until it returns.
 * @returns when each picture is shown, seconds from the start of the movie, in decoded order.
 * @throws {AppError} `media_unreadable`, `ffmpeg_missing`, `run_cancelled`.
 */
export async function readSmallPictures(
  path: string,
  visit: (grey: Uint8Array) => void,
  signal: AbortSignal,
): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'beatloom-times-'))
  try {
    const timesPath = join(folder, 'times')
    await decode(path, timesPath, visit, signal)
    return parseTimes(await readFile(timesPath, 'utf8'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function decode(
  path: string,
  timesPath: string,
  visit: (grey: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  const every = await everyPicture()
  const scale = `scale=${SMALL_WIDTH}:${SMALL_HEIGHT}:flags=area,format=gray`
  // Raw pictures carry no times; the second output lists them, in the container's own ticks.
  const pictures = ['-map', '[pictures]', ...every, '-f', 'rawvideo', 'pipe:1']
  const times = ['-map', '[times]', ...every, '-enc_time_base', '-1', '-f', 'framecrc', `file:${timesPath}`]
  const ffmpeg = await startFfmpeg(
    [
      ...['-loglevel', 'error', '-copyts', ...safeInput(path, 'mp4')],
      ...['-filter_complex', `[0:v:0]${scale},split[pictures][times]`, ...pictures, ...times],
    ],
    { signal, purpose: 'read', stdout: true },
  )
  try {
    const picture = new Uint8Array(SMALL_WIDTH * SMALL_HEIGHT)
    let filled = 0
    for await (const part of ffmpeg.stdout as AsyncIterable<Buffer>) {
      for (let at = 0; at < part.length; ) {
        const taken = Math.min(part.length - at, picture.length - filled)
        picture.set(part.subarray(at, at + taken), filled)
        filled += taken
        at += taken
        if (filled < picture.length) continue
        visit(picture)
        filled = 0
      }
    }
    await ffmpeg.finished()
  } finally {
    await ffmpeg.stop()
  }
}

/** The list of `framecrc`: `#tb 0: 1/90000`, then `stream, dts, pts, duration, size, checksum` for each picture. */
function parseTimes(text: string): number[] {
  const base = /^#tb 0: (\d+)\/(\d+)/m.exec(text)
  const tick = base ? Number(base[1]) / Number(base[2]) : 0
  return Array.from(text.matchAll(/^0, *-?\d+, *(-?\d+),/gm), ([, ticks]) => Number(ticks) * tick)
}
