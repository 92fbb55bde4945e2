import { AppError } from '@beatloom/core'
import { readMp4Facts } from './mp4-facts.ts'
import { startFfmpeg } from './run-ffmpeg.ts'
import { safeInput } from './safe-input.ts'
import { sniffFile } from './sniff.ts'

/** Openings are often black or still; a little later a video shows what it is about. */
const SHARE_OF_LENGTH = 0.3
const LATEST_SECONDS = 3

/**
 * One picture that stands for a video, as JPEG.
 * @param longestSide pixels.
 * @throws {AppError} `media_unreadable`, `file_missing`, `ffmpeg_missing`, `run_cancelled`.
 */
export async function posterFrame(path: string, longestSide: number, signal: AbortSignal): Promise<Uint8Array> {
  const format = await sniffFile(path)
  const seconds = format === 'mp4' ? (await readMp4Facts(path)).durationSeconds : 0
  const at = Math.min(LATEST_SECONDS, seconds * SHARE_OF_LENGTH)
  const fit = `scale='min(${longestSide},iw)':'min(${longestSide},ih)':force_original_aspect_ratio=decrease`
  const seek = at > 0 ? ['-ss', at.toFixed(3)] : []
  const output = ['-map', '0:v:0', '-frames:v', '1', '-vf', fit, '-c:v', 'mjpeg', '-q:v', '4', '-f', 'image2pipe']
  const args = ['-loglevel', 'error', ...seek, ...safeInput(path, format), ...output, 'pipe:1']
  const ffmpeg = await startFfmpeg(args, { signal, purpose: 'read', stdout: true })
  const parts: Buffer[] = []
  for await (const part of ffmpeg.stdout as AsyncIterable<Buffer>) parts.push(part)
  await ffmpeg.finished()
  if (parts.length === 0) throw new AppError('media_unreadable', 'The video has no picture to show.')
  return Buffer.concat(parts)
}
