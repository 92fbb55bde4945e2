import type { VideoFile } from '@beatloom/core'
import { readMp4Facts } from './mp4-facts.ts'
import { runFfmpeg } from './run-ffmpeg.ts'
import { safeInput } from './safe-input.ts'
import { wrongFrameCount } from './wrong-frame-count.ts'

/**
 * Makes a quick, small, silent copy of a video with every one of its frames. It fills the size: what stands over is cut.
 * @throws {AppError} `media_write_failed`, `disk_full`, `ffmpeg_missing`, `run_cancelled`.
 */
export async function shrinkVideo(
  video: VideoFile,
  { width, height, path, quality = 26 }: { width: number; height: number; path: string; quality?: number },
  signal: AbortSignal,
): Promise<Omit<VideoFile, 'file'>> {
  const { frameRate, frameCount, durationSeconds } = video
  const fill = `scale=${width}:${height}:force_original_aspect_ratio=increase:flags=fast_bilinear,crop=${width}:${height},setsar=1`
  const args = [
    ...['-loglevel', 'error', '-y', ...safeInput(video.file.path, 'mp4'), '-map', '0:v:0', '-vf', fill],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-crf', String(quality), '-pix_fmt', 'yuv420p'],
    ...['-r', String(frameRate), '-map_metadata', '-1', '-f', 'mp4', `file:${path}`],
  ]
  await runFfmpeg(args, { signal, purpose: 'write' })
  const track = (await readMp4Facts(path)).tracks.find(({ kind }) => kind === 'video')
  if (track?.sampleCount !== frameCount) {
    throw wrongFrameCount(track?.sampleCount ?? 0, frameCount)
  }
  return { width, height, frameRate, frameCount, durationSeconds, hasAudio: false }
}
