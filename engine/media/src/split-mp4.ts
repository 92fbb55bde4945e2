import type { VideoFile } from '@beatloom/core'
import { readMp4Facts } from './mp4-facts.ts'
import { runFfmpeg } from './run-ffmpeg.ts'
import { safeInput } from './safe-input.ts'
import { wrongFrameCount } from './wrong-frame-count.ts'

/**
 * Cuts a silent video without B frames at some of its key frames, encoding nothing.
 * @param starts frames at which parts begin, ascending, the first 0; each has to be a key frame.
 * @param pathOf where each part goes, by its place.
 * @throws {AppError} `media_write_failed` when a part does not have its frames, `ffmpeg_missing`, `run_cancelled`.
 */
export async function splitMp4(
  video: Omit<VideoFile, 'file'> & { path: string },
  starts: readonly number[],
  scratch: (suffix: string) => Promise<string>,
  signal: AbortSignal,
): Promise<{ path: string; frameCount: number }[]> {
  const base = await scratch('')
  const cuts = starts.slice(1)
  const pattern = `${base.replaceAll('%', '%%')}-%05d.mp4`
  const args = [
    ...['-loglevel', 'error', '-y', ...safeInput(video.path, 'mp4'), '-map', '0:v:0', '-c', 'copy', '-f', 'segment'],
    ...['-segment_format', 'mp4', '-reset_timestamps', '1', '-write_empty_segments', '0'],
    ...(cuts.length > 0 ? ['-segment_frames', cuts.join(',')] : ['-segment_time', '1000000']),
    pattern,
  ]
  await runFfmpeg(args, { signal, purpose: 'write' })
  return Promise.all(
    starts.map(async (start, index) => {
      const path = `${base}-${String(index).padStart(5, '0')}.mp4`
      const frameCount = (starts[index + 1] ?? video.frameCount) - start
      const track = (await readMp4Facts(path)).tracks.find(({ kind }) => kind === 'video')
      if (track?.sampleCount === frameCount) return { path, frameCount }
      throw wrongFrameCount(track?.sampleCount ?? 0, frameCount)
    }),
  )
}
