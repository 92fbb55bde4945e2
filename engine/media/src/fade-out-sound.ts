import { rm } from 'node:fs/promises'
import type { AudioClip } from '@beatloom/core'
import { stretchArguments } from './read-pcm.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

/**
 * Writes the sounding part of a clip to a FLAC file of 24 bits, in which it fades evenly to silence at its end.
 * @param fadeSeconds a fade that is longer than the sound takes all of it.
 * @throws {AppError} `media_unreadable`, `disk_full`, `ffmpeg_missing`, `run_cancelled`; then no file is left.
 */
export async function fadeOutSound(
  clip: AudioClip,
  fadeSeconds: number,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const { soundSeconds } = clip
  const { input, filters } = await stretchArguments({
    path: clip.file.path,
    startSeconds: clip.startSeconds,
    lengthSeconds: soundSeconds,
    channels: clip.channels,
  })
  const length = Math.min(fadeSeconds, soundSeconds)
  const fade = `afade=t=out:st=${(soundSeconds - length).toFixed(6)}:d=${length.toFixed(6)}:curve=tri`
  const format = ['-c:a', 'flac', '-sample_fmt', 's32', '-bits_per_raw_sample', '24']
  const args = ['-loglevel', 'error', '-y', ...input, '-map', '0:a:0', '-af', [...filters, fade].join(','), ...format]
  try {
    await runFfmpeg([...args, '-map_metadata', '-1', '-f', 'flac', `file:${path}`], { signal, purpose: 'write' })
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}
